import { measured, type Totals, totalsOf } from './numbers.ts'
import { ConnectError, type Connection, type Media, type Target, videoBpsMax } from './transport.ts'

export type WhipNeeds = {
  createPeer: (config: RTCConfiguration) => RTCPeerConnection
  fetch: typeof fetch
  /** The video codecs that this browser sends. */
  codecs: () => readonly RTCRtpCodec[]
  nowMs: () => number
}

/** Addresses that are found later than this are not waited for: WHIP sends them all at once. */
const gatherMsMax = 1_000
/** A network that changes (Wi-Fi to mobile) often comes back within this. */
const disconnectedMsMax = 4_000

const created = 201
/** An old ticket, a stream that is still taken, too many calls, a full server: later it may go. */
const passing = [401, 409, 429, 503]

/** Publishes by WHIP (RFC 9725): one offer, one answer, WebRTC from then on. Throws `ConnectError`. */
export async function connectWhip(target: Target, needs: WhipNeeds): Promise<Connection> {
  const { signal, media, iceServers } = target
  const peer = needs.createPeer({ iceServers, bundlePolicy: 'max-bundle' })
  const senders = addMedia(peer, media, needs.codecs())
  let resource: string | null = null
  const close = () => {
    peer.close()
    if (resource) leave(resource, target, needs)
    resource = null
  }
  try {
    await peer.setLocalDescription(await peer.createOffer())
    await gathered(peer, signal)
    const answer = await post(peer.localDescription?.sdp ?? '', target, needs)
    resource = answer.resource
    await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp })
    await connected(peer, signal)
    await limitBitrate(senders.video, media)
  } catch (error) {
    close()
    throw error instanceof ConnectError ? error : new ConnectError('blocked', String(error))
  }
  const watch = watchPeer(peer, () => {
    close()
    target.onGone()
  })
  return {
    async swap(next) {
      await senders.video.replaceTrack(next.video)
      await senders.audio.replaceTrack(next.audio)
      await limitBitrate(senders.video, next)
      return true
    },
    measure: measurer(peer, needs.nowMs),
    close() {
      watch.stop()
      close()
    },
  }
}

type Senders = { video: RTCRtpSender; audio: RTCRtpSender }

function addMedia(peer: RTCPeerConnection, media: Media, codecs: readonly RTCRtpCodec[]): Senders {
  const video = peer.addTransceiver(media.video, { direction: 'sendonly' })
  const audio = peer.addTransceiver(media.audio ?? 'audio', { direction: 'sendonly' })
  const wanted = h264First(codecs)
  if (wanted.length > 0) video.setCodecPreferences(wanted)
  return { video: video.sender, audio: audio.sender }
}

/**
 * H.264 in baseline first: every phone plays it without the server encoding anew. The other codecs
 * stay on offer, so that a server may still say which of them it takes.
 */
export function h264First(codecs: readonly RTCRtpCodec[]): RTCRtpCodec[] {
  const rank = ({ mimeType, sdpFmtpLine = '' }: RTCRtpCodec) => {
    if (mimeType.toLowerCase() !== 'video/h264') return 3
    if (!sdpFmtpLine.includes('packetization-mode=1')) return 2
    return /profile-level-id=42e0/i.test(sdpFmtpLine) ? 0 : 1
  }
  return codecs.toSorted((a, b) => rank(a) - rank(b))
}

async function limitBitrate(sender: RTCRtpSender, media: Media): Promise<void> {
  const parameters = sender.getParameters()
  const [encoding] = parameters.encodings
  if (!encoding) return
  encoding.maxBitrate = videoBpsMax(media)
  parameters.degradationPreference = media.isScreen ? 'maintain-resolution' : 'balanced'
  await sender.setParameters(parameters)
}

/** Resolves when `isDone` holds after an event of `name`; rejects when it is given up. */
function when(
  peer: RTCPeerConnection,
  name: 'icegatheringstatechange' | 'connectionstatechange',
  { signal, isDone }: { signal: AbortSignal; isDone: () => boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!isDone() && !signal.aborted) return
      peer.removeEventListener(name, look)
      signal.removeEventListener('abort', look)
      if (signal.aborted) reject(new ConnectError('blocked', 'it took too long'))
      else resolve()
    }
    peer.addEventListener(name, look)
    signal.addEventListener('abort', look)
    look()
  })
}

async function gathered(peer: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  const isDone = () => peer.iceGatheringState === 'complete'
  const enough = new Promise<void>(resolve => setTimeout(resolve, gatherMsMax))
  await Promise.race([when(peer, 'icegatheringstatechange', { signal, isDone }), enough])
}

async function connected(peer: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  const isDone = () => peer.connectionState === 'connected' || peer.connectionState === 'failed'
  await when(peer, 'connectionstatechange', { signal, isDone })
  if (peer.connectionState === 'failed') throw new ConnectError('blocked', 'no way through')
}

async function post(sdp: string, { url, ticket, signal }: Target, needs: WhipNeeds) {
  const answer = await needs
    .fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${ticket}` },
      body: sdp,
      signal,
    })
    .catch(() => {
      // HTTP does not come through either: another way would fare no better, and would then be kept.
      throw new ConnectError('offline', 'nobody answers')
    })
  if (answer.status !== created) {
    const why = passing.includes(answer.status) ? 'busy' : 'blocked'
    throw new ConnectError(why, `answered ${answer.status}`)
  }
  const location = answer.headers.get('location')
  return { sdp: await answer.text(), resource: location ? new URL(location, url).href : null }
}

/** `keepalive`: the goodbye is sent even while the page is being closed. */
function leave(resource: string, { ticket }: Target, needs: WhipNeeds): void {
  const headers = { authorization: `Bearer ${ticket}` }
  void needs.fetch(resource, { method: 'DELETE', headers, keepalive: true }).catch(() => {})
}

/** Tells once when the connection has broken, at once or after a pause that did not end. */
function watchPeer(peer: RTCPeerConnection, onGone: () => void): { stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(timer)
    peer.removeEventListener('connectionstatechange', look)
  }
  const gone = () => {
    stop()
    onGone()
  }
  const look = () => {
    clearTimeout(timer)
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') gone()
    if (peer.connectionState === 'disconnected') timer = setTimeout(gone, disconnectedMsMax)
  }
  peer.addEventListener('connectionstatechange', look)
  look()
  return { stop }
}

function measurer(peer: RTCPeerConnection, nowMs: () => number): Connection['measure'] {
  let before: Totals | undefined
  return async () => {
    const report = await peer.getStats()
    const now = totalsOf(report.values(), nowMs())
    const result = measured(before, now ?? before ?? nothing(nowMs()))
    before = now ?? before
    return result
  }
}

const nothing = (atMs: number): Totals => ({
  atMs,
  bytes: 0,
  frames: 0,
  widthPx: 0,
  heightPx: 0,
  lossPart: null,
  roundTripMs: null,
  sourceFramesPerSec: null,
  isStarved: false,
  queuedBytes: 0,
})
