/** Where the answers about order in the rooms of a shop are kept; features share them. */
export const sanctionsKey = (shopId: string) => ['sanctions', shopId] as const
export const teamKey = (shopId: string) => ['team', shopId] as const
