import { createLossMeter } from '../loss.ts'
import type { Attempt, Stream } from '../stream.ts'
import { isGone } from './status.ts'

/** The offer leaves without the candidates that take longer: the server answers to whoever calls. */
const gatheringMsMax = 300
const statsEveryMs = 500
/** Nothing arrived between two looks this far apart: the picture stands. */
const stillAfterMs = 1_000

/**
 * WebRTC by WHEP (draft-ietf-wish-whep): an offer is posted to the address, the answer comes with
 * 201 and the address of the session, which is deleted at the end. A server that is full refuses.
 */
export async function openWhep(
  video: HTMLVideoElement,
  url: string,
  attempt: Attempt,
): Promise<Stream> {
  const { onLost, signal } = attempt
  const peer = new RTCPeerConnection()
  const pictures = new MediaStream()
  peer.ontrack = ({ track }) => pictures.addTrack(track)
  peer.onconnectionstatechange = () => peer.connectionState === 'failed' && onLost('network')
  let session: string | undefined
  try {
    peer.addTransceiver('video', { direction: 'recvonly' })
    peer.addTransceiver('audio', { direction: 'recvonly' })
    await peer.setLocalDescription()
    await gathered(peer)
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: peer.localDescription?.sdp ?? '',
      signal,
    })
    const location = reply.headers.get('location')
    if (location) session = new URL(location, reply.url).href
    if (isGone(reply.status)) onLost('gone')
    if (reply.status !== 201) throw new Error(`WHEP answered ${reply.status}`)
    await peer.setRemoteDescription({ type: 'answer', sdp: await reply.text() })
    signal.throwIfAborted()
  } catch (error) {
    leave(peer, session)
    throw error
  }
  const meter = watchArrival(peer, attempt)
  video.srcObject = pictures
  return {
    behindMs: meter.behindMs,
    stop() {
      meter.stop()
      video.srcObject = null
      leave(peer, session)
    },
  }
}

function leave(peer: RTCPeerConnection, session: string | undefined): void {
  const isLost = lost.has(peer.connectionState)
  peer.close()
  // Nobody waits for the answer. A session that nobody deletes ends by itself; the server has ended
  // one whose line failed, or soon will.
  if (session && !isLost)
    void fetch(session, { method: 'DELETE', keepalive: true }).catch(() => undefined)
}

const lost: ReadonlySet<RTCPeerConnectionState> = new Set(['failed', 'closed'])

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise(resolve => {
    const settle = () => peer.iceGatheringState === 'complete' && resolve()
    peer.onicegatheringstatechange = settle
    settle()
    setTimeout(resolve, gatheringMsMax)
  })
}

/** A `<video>` that shows a call never says that it waits: whether anything arrives tells it. */
function watchArrival(peer: RTCPeerConnection, { onStill, onNarrow }: Attempt) {
  const isNarrow = createLossMeter()
  let seen = { packets: -1, atMs: performance.now(), isStill: false }
  let waited = { sec: 0, count: 0 }
  let behindMs: number | null = null
  const look = async () => {
    const nowMs = performance.now()
    const reports = [...(await peer.getStats()).values()]
    const video = reports.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
    const pair = reports.find(({ type, nominated }) => type === 'candidate-pair' && nominated)
    const packets: number = video?.packetsReceived ?? 0
    const isMoving = packets !== seen.packets
    const isStill = !isMoving && nowMs - seen.atMs >= stillAfterMs
    if (isStill !== seen.isStill && peer.connectionState === 'connected') onStill(isStill)
    seen = { packets, atMs: isMoving ? nowMs : seen.atMs, isStill }
    const { packetsLost: lost = 0, freezeCount: freezes = 0 } = video ?? {}
    const { totalFreezesDuration: frozenSec = 0 } = video ?? {}
    if (isNarrow({ packets, lost, freezes, frozenSec }, nowMs)) onNarrow()
    const { jitterBufferDelay: sec = 0, jitterBufferEmittedCount: count = 0 } = video ?? {}
    if (count <= waited.count) return
    const travelMs = ((pair?.currentRoundTripTime ?? 0) * 1_000) / 2
    behindMs = ((sec - waited.sec) / (count - waited.count)) * 1_000 + travelMs
    waited = { sec, count }
  }
  const timer = setInterval(look, statsEveryMs)
  return { behindMs: () => behindMs, stop: () => clearInterval(timer) }
}
