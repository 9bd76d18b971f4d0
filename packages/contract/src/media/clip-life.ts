import { machine } from '@kaibo/kernel/machine'

/** A clip 切片: it waits, is cut by one process, and is there or failed. Without schemas. */
export const clipLife = machine('waiting', {
  waiting: { begin: 'cutting' },
  // Begun anew when the process that was at it has died.
  cutting: { begin: 'cutting', finish: 'ready', break: 'failed' },
  ready: {},
  failed: { again: 'waiting' },
})
export const clipStates = ['waiting', 'cutting', 'ready', 'failed'] as const
export type ClipState = (typeof clipStates)[number]

/** `copy`: at once, from the key frame before · `exact`: to the picture, encoded anew in its turn. */
export const clipModes = ['copy', 'exact'] as const
export type ClipMode = (typeof clipModes)[number]

/**
 * gone: the recording is not there any more · changed: the stream changed in between, so it cannot be
 * copied · too_large · no_ffmpeg: this server has none · broken: ffmpeg refused · gave_up: the server
 * stopped in the middle of it, again and again.
 */
export const clipFailures = [
  'gone',
  'changed',
  'too_large',
  'no_ffmpeg',
  'broken',
  'gave_up',
] as const
export type ClipFailure = (typeof clipFailures)[number]

/** A copy for viewers, with the shop's name burnt into it; made when the first one asks. */
export const downloadStates = ['none', 'making', 'ready', 'failed'] as const
export type DownloadState = (typeof downloadStates)[number]

export const clipMsMin = 1_000
export const clipMsMax = 180_000
/** Clips of one session. */
export const clipsMax = 40
