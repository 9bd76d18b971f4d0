/** A value of AMF0, the serialisation in which RTMP commands travel (Adobe AMF 0, 2007). */
export type AmfValue = number | boolean | string | null | undefined | Date | AmfObject | AmfValue[]
export type AmfObject = { [key: string]: AmfValue }

const NUMBER = 0
const BOOLEAN = 1
const STRING = 2
const OBJECT = 3
const NULL = 5
const UNDEFINED = 6
const ECMA_ARRAY = 8
const OBJECT_END = 9
const STRICT_ARRAY = 10
const DATE = 11
const LONG_STRING = 12

const DEPTH_MAX = 8
const ITEMS_MAX = 512

/** Reads every value of a command or data message. Throws on malformed or excessively nested input. */
export const decodeAmf = (bytes: Buffer): AmfValue[] => {
  const values: AmfValue[] = []
  const cursor = { bytes, at: 0 }
  while (cursor.at < bytes.length) {
    if (values.length === ITEMS_MAX) throw new Error('amf: too many values')
    values.push(readValue(cursor, 0))
  }
  return values
}

/** Writes the values one after the other, as RTMP commands expect them. */
export const encodeAmf = (...values: AmfValue[]): Buffer => Buffer.concat(values.map(encodeValue))

/** An object written as an ECMA array: the form in which players expect `onMetaData`. */
export const encodeEcmaArray = (object: AmfObject): Buffer => {
  const entries = Object.entries(object)
  const head = Buffer.alloc(5)
  head.writeUInt8(ECMA_ARRAY, 0)
  head.writeUInt32BE(entries.length, 1)
  return Buffer.concat([head, encodeEntries(entries)])
}

type Cursor = { readonly bytes: Buffer; at: number }

/** Moves the cursor; Buffer's own bounds checks turn a truncated value into a RangeError. */
const skip = (cursor: Cursor, byteCount: number): number => {
  const at = cursor.at
  cursor.at += byteCount
  return at
}

const readText = (cursor: Cursor, byteCount: number): string => {
  const at = skip(cursor, byteCount)
  if (cursor.at > cursor.bytes.length) throw new Error('amf: truncated string')
  return cursor.bytes.toString('utf8', at, cursor.at)
}

const readShortText = (cursor: Cursor): string =>
  readText(cursor, cursor.bytes.readUInt16BE(skip(cursor, 2)))

const readEntries = (cursor: Cursor, depth: number): AmfObject => {
  const entries: [string, AmfValue][] = []
  for (;;) {
    const key = readShortText(cursor)
    if (key === '' && cursor.bytes[cursor.at] === OBJECT_END) break
    if (entries.length === ITEMS_MAX) throw new Error('amf: too many properties')
    entries.push([key, readValue(cursor, depth + 1)])
  }
  cursor.at += 1
  // Own properties only, so a key such as "__proto__" stays a plain key.
  return Object.fromEntries(entries)
}

const readItems = (cursor: Cursor, depth: number): AmfValue[] => {
  const count = cursor.bytes.readUInt32BE(skip(cursor, 4))
  if (count > ITEMS_MAX) throw new Error('amf: too many items')
  return Array.from({ length: count }, () => readValue(cursor, depth + 1))
}

const readDate = (cursor: Cursor): Date => {
  const date = new Date(cursor.bytes.readDoubleBE(skip(cursor, 8)))
  skip(cursor, 2) // a time zone that the specification reserves and nobody fills
  return date
}

const readValue = (cursor: Cursor, depth: number): AmfValue => {
  if (depth > DEPTH_MAX) throw new Error('amf: nested too deeply')
  const { bytes } = cursor
  const type = bytes.readUInt8(skip(cursor, 1))
  switch (type) {
    case NUMBER:
      return bytes.readDoubleBE(skip(cursor, 8))
    case BOOLEAN:
      return bytes.readUInt8(skip(cursor, 1)) !== 0
    case STRING:
      return readShortText(cursor)
    case LONG_STRING:
      return readText(cursor, bytes.readUInt32BE(skip(cursor, 4)))
    case ECMA_ARRAY:
      skip(cursor, 4) // the count is a hint; the end marker is the truth
      return readEntries(cursor, depth)
    case OBJECT:
      return readEntries(cursor, depth)
    case STRICT_ARRAY:
      return readItems(cursor, depth)
    case DATE:
      return readDate(cursor)
    case NULL:
      return null
    case UNDEFINED:
      return undefined
    default:
      throw new Error(`amf: type ${type} is not supported`)
  }
}

const encodeNumber = (type: number, value: number): Buffer => {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt8(type, 0)
  bytes.writeDoubleBE(value, 1)
  return bytes
}

const encodeKey = (text: string): Buffer => {
  const body = Buffer.from(text, 'utf8')
  const head = Buffer.alloc(2)
  head.writeUInt16BE(body.length, 0)
  return Buffer.concat([head, body])
}

const encodeText = (text: string): Buffer => {
  const body = Buffer.from(text, 'utf8')
  const isLong = body.length > 0xffff
  const head = Buffer.alloc(isLong ? 5 : 3)
  head.writeUInt8(isLong ? LONG_STRING : STRING, 0)
  if (isLong) head.writeUInt32BE(body.length, 1)
  else head.writeUInt16BE(body.length, 1)
  return Buffer.concat([head, body])
}

const encodeEntries = (entries: readonly (readonly [string, AmfValue])[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap(([key, value]) => [encodeKey(key), encodeValue(value)]),
    Buffer.from([0, 0, OBJECT_END]),
  ])

const encodeItems = (items: readonly AmfValue[]): Buffer => {
  const head = Buffer.alloc(5)
  head.writeUInt8(STRICT_ARRAY, 0)
  head.writeUInt32BE(items.length, 1)
  return Buffer.concat([head, ...items.map(encodeValue)])
}

const encodeValue = (value: AmfValue): Buffer => {
  if (value === null) return Buffer.from([NULL])
  if (value === undefined) return Buffer.from([UNDEFINED])
  if (typeof value === 'number') return encodeNumber(NUMBER, value)
  if (typeof value === 'boolean') return Buffer.from([BOOLEAN, value ? 1 : 0])
  if (typeof value === 'string') return encodeText(value)
  if (value instanceof Date) {
    return Buffer.concat([encodeNumber(DATE, value.getTime()), Buffer.alloc(2)])
  }
  if (Array.isArray(value)) return encodeItems(value)
  return Buffer.concat([Buffer.from([OBJECT]), encodeEntries(Object.entries(value))])
}
