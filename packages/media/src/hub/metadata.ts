import { type AmfObject, decodeAmf, encodeAmf, encodeEcmaArray } from '../rtmp/amf0.ts'

/** What players use. Anything else a publisher says about itself is nobody's business. */
const FIELDS = [
  'width',
  'height',
  'framerate',
  'videocodecid',
  'videodatarate',
  'audiocodecid',
  'audiodatarate',
  'audiosamplerate',
] as const

/** The payload of an FLV script tag made from a publisher's `@setDataFrame`, numbers only. */
export const encodeMetadata = (payload: Buffer): Buffer | undefined => {
  const values = decodeAmf(payload)
  const given = values.find(value => typeof value === 'object' && value !== null)
  if (given === undefined || !values.includes('onMetaData')) return undefined
  const known: AmfObject = {}
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'number' && FIELDS.some(field => field === key)) known[key] = value
  }
  return Buffer.concat([encodeAmf('onMetaData'), encodeEcmaArray(known)])
}
