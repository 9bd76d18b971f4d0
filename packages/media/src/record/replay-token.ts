/** What a play token for the files of a recording is signed for; no stream can have such an id. */
export const replayTokenOf = (folder: string): string => `replay/${folder}`
