import { measured, type Totals } from './numbers.ts'
import {
  bitrateBpsMax,
  ConnectError,
  type Connection,
  type Media,
  type Target,
  videoBpsMax,
} from './transport.ts'

export type SocketNeeds = {
  createSocket: (url: string) => WebSocket
  createRecorder: (stream: MediaStream, options: MediaRecorderOptions) => MediaRecorder
  createStream: (tracks: MediaStreamTrack[]) => MediaStream
  isSupported: (mime: string) => boolean
  nowMs: () => number
}

/** H.264 first: the server passes it on; VP8 it would have to encode anew. */
const mimes = [
  'video/webm;codecs=h264,opus',
  'video/x-matroska;codecs=avc1,opus',
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/webm;codecs=vp8,opus',
] as const

/** What this browser records; undefined when nothing of use. */
export const recordedMime = (isSupported: (mime: string) => boolean): string | undefined =>
  mimes.find(isSupported)

/** Short slices are little delay, and still few messages. */
const openState = 1

const sliceMs = 100
/** Viewers enter at key frames, and LL-HLS begins its segments with them. */
const keyFrameMs = 1_000
/** What may wait for the network, about twenty seconds: then a new connection is the faster way. */
const queuedBytesMax = 4 * 1024 * 1024
/** Close codes that may pass: an old ticket, a stream that is still taken or over, a full server. */
const passing = [4401, 4409, 4410, 4503]

/**
 * Publishes recorded slices over a WebSocket, for networks that let no UDP through. The first
 * message says who comes and with what; the server answers that it is ready, or closes. Throws
 * `ConnectError`.
 */
export async function connectSocket(target: Target, needs: SocketNeeds): Promise<Connection> {
  const mime = recordedMime(needs.isSupported)
  if (!mime) throw new ConnectError('blocked', 'this browser records nothing that can be sent')
  const socket = needs.createSocket(target.url)
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ ticket: target.ticket, mime })),
  )
  await ready(socket, target.signal)
  const { measure, close } = startSending(socket, { target, needs, mime })
  // A recorder ends with its tracks: others need another recording, and so another connection.
  return { swap: async () => false, measure, close }
}

/** Resolves with the first word of the server: it takes what comes. */
function ready(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let isOpen = false
  const closed = ({ code }: Pick<CloseEvent, 'code'>) => {
    const refused = passing.includes(code) ? 'busy' : 'blocked'
    reject(new ConnectError(isOpen ? refused : 'offline', `closed with ${code}`))
  }
  const tooLate = () => {
    socket.close()
    reject(new ConnectError('offline', 'it took too long'))
  }
  socket.addEventListener('open', () => {
    isOpen = true
  })
  socket.addEventListener('message', () => resolve(), { once: true })
  socket.addEventListener('close', closed)
  signal.addEventListener('abort', tooLate)
  return promise.finally(() => {
    socket.removeEventListener('close', closed)
    signal.removeEventListener('abort', tooLate)
  })
}

type Sending = { target: Target; needs: SocketNeeds; mime: string }

/** Records and sends until it is closed. */
function startSending(socket: WebSocket, { target, needs, mime }: Sending) {
  const { media } = target
  const tracks = media.audio ? [media.video, media.audio] : [media.video]
  const options: MediaRecorderOptions & { videoKeyFrameIntervalDuration: number } = {
    mimeType: mime,
    videoBitsPerSecond: videoBpsMax(media),
    audioBitsPerSecond: bitrateBpsMax.sound,
    videoKeyFrameIntervalDuration: keyFrameMs,
  }
  const recorder = needs.createRecorder(needs.createStream(tracks), options)
  let bytes = 0
  let isClosed = false
  const close = () => {
    if (isClosed) return
    isClosed = true
    if (recorder.state !== 'inactive') recorder.stop()
    socket.close()
  }
  const gone = () => {
    if (isClosed) return
    close()
    target.onGone()
  }
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (isClosed || data.size === 0 || socket.readyState !== openState) return
    // A slice that is left out would break all that follow, so a jam ends the connection.
    if (socket.bufferedAmount > queuedBytesMax) return gone()
    bytes += data.size
    socket.send(data)
  })
  socket.addEventListener('close', gone)
  recorder.addEventListener('error', gone)
  recorder.addEventListener('stop', gone)
  recorder.start(sliceMs)
  return {
    close,
    measure: measurer(() => totalsNow({ socket, media, bytes, atMs: needs.nowMs() })),
  }
}

type Now = { socket: WebSocket; media: Media; bytes: number; atMs: number }

function totalsNow({ socket, media, bytes, atMs }: Now): Totals {
  const { width = 0, height = 0 } = media.video.getSettings()
  const queuedBytes = socket.bufferedAmount
  return {
    atMs,
    bytes: bytes - queuedBytes,
    frames: null,
    widthPx: width,
    heightPx: height,
    lossPart: null,
    roundTripMs: null,
    sourceFramesPerSec: null,
    isStarved: false,
    queuedBytes,
  }
}

function measurer(look: () => Totals): Connection['measure'] {
  let before: Totals | undefined
  return async () => {
    const now = look()
    const result = measured(before, now)
    before = now
    return result
  }
}
