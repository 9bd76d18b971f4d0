/** An ISO base media file box (ISO 14496-12 §4.2). */
export const box = (type: string, ...content: Buffer[]): Buffer => {
  const byteCount = content.reduce((sum, piece) => sum + piece.length, 8)
  return Buffer.concat([u32(byteCount), Buffer.from(type, 'latin1'), ...content])
}

/** A box with a version and flags in front of its content. */
export const fullBox = (
  type: string,
  head: { version?: number; flags?: number },
  ...content: Buffer[]
): Buffer => box(type, u32(((head.version ?? 0) << 24) | (head.flags ?? 0)), ...content)

export const u8 = (...values: number[]): Buffer => Buffer.from(values)

export const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.allocUnsafe(values.length * 2)
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, at * 2)
  return bytes
}

/** 32-bit numbers; negative ones are written in two's complement. */
export const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.allocUnsafe(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeInt32BE(value | 0, at * 4)
  return bytes
}

export const u64 = (value: number): Buffer => u32(Math.floor(value / 2 ** 32), value)

export const text = (value: string): Buffer => Buffer.from(value, 'latin1')
