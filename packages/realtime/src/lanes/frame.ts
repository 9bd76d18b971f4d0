import type { Wire } from '../wire.ts'

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

type FrameOptions = { readonly frameBytesMax: number; readonly wire: Wire }

/**
 * The bytes of an envelope: one message, or several in one buffer when it is larger than
 * `frameBytesMax`. Each of them is a complete envelope with its own `oseqFrom`.
 */
export function envelopeFrames(envelope: Envelope, { frameBytesMax, wire }: FrameOptions): Buffer {
  const { topic, epoch, ordered, social } = envelope
  const head = `[${JSON.stringify(topic)},${JSON.stringify(epoch)},`
  const frames: Buffer[] = []
  let part = newPart(envelope.oseqFrom)
  const flush = (oseqNext: number) => {
    const { oseqFrom } = part
    frames.push(wire.text(`${head}${oseqFrom},[${part.ordered.join()}],[${part.social.join()}]]`))
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
