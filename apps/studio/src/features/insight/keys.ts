/** Where the numbers of a session are kept; features share them. */
export const insightKey = (liveId: string) => ['insight', liveId] as const
