/** Where the answers about the comments of a room are kept; features share them. */
export const questionsKey = (liveId: string) => ['questions', liveId] as const
export const heldKey = (liveId: string) => ['held', liveId] as const
export const boardKey = (liveId: string) => ['board', liveId] as const
