import { RTCPeerConnection, useH264, useOPUS } from 'werift'
import { toAvcPayloads } from '../rtp/avc-payload.ts'
import { createH264Assembler } from '../rtp/h264-assembler.ts'

export type RtcViewer = {
  /** Pictures that arrived whole, in order; `true` for those that stand for themselves. */
  readonly pictures: readonly { readonly isKeyFrame: boolean; readonly timestamp: number }[]
  readonly opus: readonly Buffer[]
  readonly resource: string
  readonly answer: string
  askForKeyFrame(): Promise<void>
  stop(): Promise<void>
}

const BASELINE = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'

/** A connection that offers to receive. */
export const createViewerOffer = async (parameters = BASELINE) => {
  const peer = new RTCPeerConnection({
    codecs: { video: [useH264({ parameters })], audio: [useOPUS()] },
  })
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.addTransceiver('audio', { direction: 'recvonly' })
  await peer.setLocalDescription(await peer.createOffer())
  return { peer, sdp: peer.localDescription?.sdp ?? '' }
}

/** Watches by WHEP as a browser does. Rejects with status and code when it is refused. */
export const watchRtc = async (url: string): Promise<RtcViewer> => {
  const { peer, sdp } = await createViewerOffer()
  const pictures: { isKeyFrame: boolean; timestamp: number }[] = []
  const opus: Buffer[] = []
  const assembler = createH264Assembler(picture =>
    pictures.push({
      isKeyFrame: toAvcPayloads(picture).isKeyFrame,
      timestamp: picture.timestamp,
    }),
  )
  let ask = async () => {}
  for (const { kind, receiver, onTrack } of peer.getTransceivers()) {
    onTrack.subscribe(track =>
      track.onReceiveRtp.subscribe(({ header, payload }) => {
        if (kind === 'audio') opus.push(payload)
        else assembler.push({ ...unitOf(header), payload })
        if (kind === 'video') ask = () => receiver.sendRtcpPLI(header.ssrc)
      }),
    )
  }
  const headers = { 'content-type': 'application/sdp' }
  const response = await fetch(url, { method: 'POST', headers, body: sdp })
  const answer = await response.text()
  if (response.status !== 201) {
    await peer.close()
    throw new Error(`refused: ${response.status} ${answer}`)
  }
  await peer.setRemoteDescription({ type: 'answer', sdp: answer })
  return {
    pictures,
    opus,
    answer,
    resource: new URL(response.headers.get('location') ?? '', url).href,
    askForKeyFrame: () => ask(),
    stop: () => peer.close(),
  }
}

const unitOf = (header: { sequenceNumber: number; timestamp: number; marker: boolean }) => ({
  sequence: header.sequenceNumber,
  timestamp: header.timestamp,
  isMarked: header.marker,
})
