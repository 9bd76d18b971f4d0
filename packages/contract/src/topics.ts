/** Topics of the socket. `user:` and `shop:` need the person or a member; the others are public. */
export const topics = {
  feed: 'feed',
  live: (liveId: string) => `live:${liveId}`,
  /** What of a shop can be bought: numbers on every page that shows its goods. */
  stock: (shopId: string) => `stock:${shopId}`,
  user: (userId: string) => `user:${userId}`,
  shop: (shopId: string) => `shop:${shopId}`,
} as const
