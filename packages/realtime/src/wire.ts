/** How messages are laid on one kind of connection. What is laid once is right for all of its kind. */
export type Wire = {
  /** One message; `json` holds no line break outside of strings, as `JSON.stringify` writes it. */
  text(json: string): Buffer
  /** What keeps a silent connection open and asks the client for a sign of life. */
  readonly ping: Buffer
}

/** Frames of RFC 6455; the ping is unmasked and without payload (§5.5.2). */
export const webSocketWire: Wire = { text: textFrame, ping: Buffer.from([0x89, 0x00]) }

/** Server-sent events: the same messages as `data:` lines; the ping is a comment. */
export const eventStreamWire: Wire = {
  text: json => Buffer.from(`data: ${json}\n\n`),
  ping: Buffer.from(':\n\n'),
}

/**
 * One WebSocket text message, framed once for all its receivers. Frames of a server are not masked
 * (RFC 6455 §5.1), so the same bytes are right for every socket.
 */
function textFrame(text: string): Buffer {
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
