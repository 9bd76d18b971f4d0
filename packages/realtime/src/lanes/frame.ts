/** A published item: serialised once, however many people will read it. */
export type Item = { readonly json: string; readonly bytes: number }

/** The part of a topic that one frame carries: ordered items from `oseqFrom`, then social ones. */
export type Envelope = {
  readonly topic: string
  readonly epoch: string
  readonly oseqFrom: number
  readonly ordered: readonly Item[]
  readonly social: readonly Item[]
}

export const itemOf = (json: string): Item => ({ json, bytes: Buffer.byteLength(json) })

/**
 * One WebSocket text message, framed once for all its receivers. Frames of a server are not masked
 * (RFC 6455 §5.1), so the same bytes are right for every socket.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const headBytes = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10
  const frame = Buffer.allocUnsafe(headBytes + length)
  frame[0] = 0x81
  if (headBytes === 2) {
    frame[1] = length
  } else if (headBytes === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, headBytes)
  return frame
}

/** An unmasked ping without payload (RFC 6455 §5.5.2). */
export const pingFrame: Buffer = Buffer.from([0x89, 0x00])

/**
 * The bytes of an envelope: one message, or several in one buffer when it is larger than
 * `frameBytesMax`. Each of them is a complete envelope with its own `oseqFrom`.
 */
export function envelopeFrames(envelope: Envelope, frameBytesMax: number): Buffer {
  const { topic, epoch, ordered, social } = envelope
  const head = `[${JSON.stringify(topic)},${JSON.stringify(epoch)},`
  const frames: Buffer[] = []
  let part = newPart(envelope.oseqFrom)
  const flush = (oseqNext: number) => {
    const { oseqFrom } = part
    frames.push(textFrame(`${head}${oseqFrom},[${part.ordered.join()}],[${part.social.join()}]]`))
    part = newPart(oseqNext)
  }
  const total = ordered.length + social.length
  for (let index = 0; index < total; index++) {
    const isOrdered = index < ordered.length
    const item = isOrdered ? ordered[index] : social[index - ordered.length]
    if (item === undefined) break
    if (part.bytes > 0 && part.bytes + item.bytes > frameBytesMax) {
      flush(envelope.oseqFrom + Math.min(index, ordered.length))
    }
    part.bytes += item.bytes + 1
    if (isOrdered) part.ordered.push(item.json)
    else part.social.push(item.json)
  }
  if (part.bytes > 0) flush(0)
  const [only] = frames
  return frames.length === 1 && only ? only : Buffer.concat(frames)
}

const newPart = (oseqFrom: number) => ({
  oseqFrom,
  bytes: 0,
  ordered: [] as string[],
  social: [] as string[],
})
