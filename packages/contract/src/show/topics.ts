/** Topics of the socket. `user:` needs the person, `shop:` and `desk:` a member; the others are public. */
export const topics = {
  feed: 'feed',
  live: (liveId: string) => `live:${liveId}`,
  /** What of a shop can be bought: numbers on every page that shows its goods. */
  stock: (shopId: string) => `stock:${shopId}`,
  user: (userId: string) => `user:${userId}`,
  shop: (shopId: string) => `shop:${shopId}`,
  /** For those who keep order in the rooms of a shop. */
  desk: (shopId: string) => `desk:${shopId}`,
} as const
