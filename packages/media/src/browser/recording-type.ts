/** What a MediaRecorder sends, and what has to be done with it. */
export type RecordingType = {
  /** ffmpeg's name of the container. */
  readonly container: 'matroska' | 'mov'
  /** False: the pictures must be encoded anew, which takes a slot. */
  readonly isH264: boolean
}

const TYPE = /^video\/(webm|x-matroska|mp4)\s*;\s*codecs\s*=\s*"?([\w.,\s-]{1,100}?)"?\s*$/i
const COPIED = ['h264', 'avc1', 'avc3']
const ENCODED = ['vp8', 'vp9', 'vp09', 'av1', 'av01']
const SOUND = ['opus', 'mp4a', 'aac']

/** Reads a MIME type such as `video/webm;codecs=h264,opus`; undefined: we do not take it. */
export const readRecordingType = (mime: string): RecordingType | undefined => {
  const [, container = '', codecs] = TYPE.exec(mime) ?? []
  if (codecs === undefined) return undefined
  const names = codecs.split(',').map(codec => (codec.trim().split('.')[0] ?? '').toLowerCase())
  const pictures = names.filter(name => !SOUND.includes(name))
  const [picture = ''] = pictures
  if (pictures.length !== 1 || names.length > 2) return undefined
  if (!COPIED.includes(picture) && !ENCODED.includes(picture)) return undefined
  return {
    container: container.toLowerCase() === 'mp4' ? 'mov' : 'matroska',
    isH264: COPIED.includes(picture),
  }
}
