import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type AmfValue, decodeAmf, encodeAmf } from './amf0.ts'
import { ChunkReader } from './chunk-reader.ts'
import { encodeMessage } from './chunk-writer.ts'
import { clientGreeting, createClientHandshake } from './handshake.ts'
import {
  commandMessage,
  controlMessage,
  MEDIA_STREAM_ID,
  messageType,
  type RtmpMessage,
} from './message.ts'

/** An open publishing connection. */
export type RtmpPublication = {
  /** Sends audio, video or metadata; false when the server does not keep up. */
  send(message: Omit<RtmpMessage, 'streamId'>): boolean
  /** Whether little enough waits for the server to go on after a `false`. */
  readonly isDrained: boolean
  /** Unpublishes politely and closes. */
  close(): void
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>
}

const CHUNK_BYTES = 4096
const REPLY_BYTES_MAX = 64 * 1024
const OPEN_MAX_MS = 10_000
/** Bytes that may wait for a slow server before `send` says no. */
const QUEUE_BYTES_MAX = 4 * 1024 * 1024

/** Address parts; the last path segment is the stream key, with the query that may sign it. */
const parseUrl = (url: string) => {
  const { hostname, port, pathname, protocol, search } = new URL(url)
  const [, app = '', key = ''] = /^\/(.+)\/([^/]+)$/.exec(pathname) ?? []
  if (protocol !== 'rtmp:' || app === '' || key === '') throw new Error('rtmp: bad address')
  const tcUrl = `rtmp://${hostname}:${port || 1935}/${app}`
  return { host: hostname, port: Number(port || 1935), app, key: `${key}${search}`, tcUrl }
}

/**
 * Connects and publishes. Rejects when the server cannot be reached, refuses the key or does not
 * answer within ten seconds; no error message ever holds the address, because it ends in the key.
 */
export const openPublication = async (
  url: string,
  options: { signal?: AbortSignal } = {},
): Promise<RtmpPublication> => {
  const target = parseUrl(url)
  const socket = connect(target.port, target.host)
  const { promise: closed, resolve: handleClosed } = Promise.withResolvers<void>()
  socket.on('error', () => {}).on('close', handleClosed)
  const cancel = AbortSignal.any([
    AbortSignal.timeout(OPEN_MAX_MS),
    ...(options.signal ? [options.signal] : []),
  ])
  try {
    await Promise.race([negotiate(socket, target, cancel), closed.then(lost)])
  } catch (error) {
    socket.destroy()
    throw error
  }
  return {
    send(message) {
      socket.write(encodeMessage({ ...message, streamId: MEDIA_STREAM_ID }, CHUNK_BYTES))
      return socket.writableLength <= QUEUE_BYTES_MAX
    },
    close() {
      socket.end(
        encodeMessage(commandMessage(0, 'deleteStream', 5, null, MEDIA_STREAM_ID), CHUNK_BYTES),
      )
      setTimeout(() => socket.destroy(), 500).unref()
    },
    closed,
    get isDrained() {
      return socket.writableLength <= QUEUE_BYTES_MAX / 4
    },
  }
}

const lost = (): never => {
  throw new Error('rtmp: connection lost')
}

type Target = ReturnType<typeof parseUrl>

/** Everything up to "publishing": handshake, connect, createStream, publish. */
const negotiate = async (socket: Socket, target: Target, cancel: AbortSignal): Promise<void> => {
  const options = { signal: cancel }
  await once(socket, 'connect', options)
  socket.setNoDelay(true)
  const replies = createReplies(socket)
  cancel.addEventListener('abort', () => replies.fail(new Error('rtmp: aborted or timed out')), {
    once: true,
  })
  socket.write(clientGreeting())
  await replies.handshaken
  const send = (message: RtmpMessage) => socket.write(encodeMessage(message, CHUNK_BYTES))
  // Announced in a chunk of the old size, which this message fits into.
  send(controlMessage(messageType.setChunkSize, CHUNK_BYTES))
  const { app, tcUrl, key } = target
  const properties = { app, type: 'nonprivate', flashVer: 'FMLE/3.0 (compatible; Kaibo)', tcUrl }
  send(commandMessage(0, 'connect', 1, properties))
  await replies.awaitCommand(([name, id]) => name === '_result' && id === 1)
  send(commandMessage(0, 'releaseStream', 2, null, key))
  send(commandMessage(0, 'FCPublish', 3, null, key))
  send(commandMessage(0, 'createStream', 4, null))
  await replies.awaitCommand(([name, id]) => name === '_result' && id === 4)
  send(commandMessage(MEDIA_STREAM_ID, 'publish', 5, null, key, 'live'))
  await replies.awaitCommand(([name, , , status]) => name === 'onStatus' && isStart(status))
}

const isStart = (status: AmfValue): boolean => {
  const code = typeof status === 'object' && status !== null && 'code' in status ? status.code : ''
  if (code === 'NetStream.Publish.Start') return true
  throw new Error(`rtmp: refused with ${String(code)}`)
}

type Expectation = {
  matches(values: AmfValue[]): boolean
  resolve(): void
  reject(error: Error): void
}

/** Reads the server's side: one expected command at a time, everything else is passed over. */
const createReplies = (socket: Socket) => {
  const shake = createClientHandshake()
  const reader = new ChunkReader({ messageBytesMax: REPLY_BYTES_MAX })
  const handshake = Promise.withResolvers<void>()
  let isShaken = false
  let expected: Expectation | undefined

  const fail = (error: Error) => {
    if (!isShaken) handshake.reject(error)
    expected?.reject(error)
    expected = undefined
  }

  const handleMessage = ({ typeId, payload }: RtmpMessage) => {
    if (typeId === messageType.setChunkSize) reader.setChunkBytes(payload.readUInt32BE(0))
    if (typeId !== messageType.command || expected === undefined) return
    const awaited = expected
    if (!awaited.matches(decodeAmf(payload))) return
    expected = undefined
    awaited.resolve()
  }

  const handleBytes = (bytes: Buffer) => {
    if (isShaken) {
      reader.push(bytes)
    } else {
      const step = shake(bytes)
      socket.write(step.reply)
      if (step.rest === undefined) return
      isShaken = true
      handshake.resolve()
      reader.push(step.rest)
    }
    for (let message = reader.next(); message; message = reader.next()) handleMessage(message)
  }

  socket.on('data', bytes => {
    try {
      handleBytes(bytes)
    } catch (error) {
      fail(error instanceof Error ? error : new Error('rtmp: protocol error'))
      socket.destroy()
    }
  })

  return {
    handshaken: handshake.promise,
    fail,
    awaitCommand(matches: (values: AmfValue[]) => boolean): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      expected = { matches, resolve, reject }
      return promise
    },
  }
}

/** The metadata message that encoders send first, from an FLV file's script tag. */
export const metadataMessage = (scriptPayload: Buffer): Omit<RtmpMessage, 'streamId'> => ({
  typeId: messageType.data,
  timestampMs: 0,
  payload: Buffer.concat([encodeAmf('@setDataFrame'), scriptPayload]),
})
