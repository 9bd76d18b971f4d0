/** Where the answers about sessions are kept; features share them. */
export const sessionsKey = (shopId: string) => ['sessions', shopId] as const
export const sessionKey = (shopId: string, liveId: string) => ['session', shopId, liveId] as const
export const roomKey = (liveId: string) => ['room', liveId] as const
