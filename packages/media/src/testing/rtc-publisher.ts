import {
  H264Packetizer,
  MediaStreamTrack,
  RTCPeerConnection,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
  RtpHeader,
  RtpPacket,
  TransportWideCC,
  useH264,
  useNACK,
  useOPUS,
  usePLI,
  useTransportWideCC,
  useTWCC,
} from 'werift'
import { OPUS_RATE, OPUS_SILENCE, OPUS_SILENCE_SAMPLES } from '../audio/opus.ts'
import { type FlvTag, tagType } from '../flv/tag.ts'

export type RtcPublisher = {
  readonly peer: RTCPeerConnection
  /** The address to `DELETE`. */
  readonly resource: string
  stop(): Promise<void>
}

export type RtcPublisherOptions = {
  readonly url: string
  readonly key: string
  /** A film of ours; its pictures are sent in a loop, in real time. */
  readonly tags: readonly FlvTag[]
  readonly fps?: number
  readonly hasAudio?: boolean
  /** Opus packets of twenty milliseconds, sent in a loop; silence without them. */
  readonly sound?: readonly Buffer[]
}

const VIDEO_RATE = 90_000

/** Posts an offer; the status tells whether it was taken. */
export const postOffer = (
  at: { url: string; key: string },
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(at.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${at.key}`, 'content-type': 'application/sdp', ...headers },
    body,
  })

/** How many packets of its picture a publisher was told of, and how many numbers that spans. */
export const watchReports = ({ peer }: Pick<RtcPublisher, 'peer'>) => {
  const told: TransportWideCC[] = []
  const sender = peer.getSenders().find(({ kind }) => kind === 'video')
  sender?.onRtcp.subscribe(packet => {
    if (!(packet instanceof RtcpTransportLayerFeedback)) return
    const { feedback } = packet
    const isOurs = feedback instanceof TransportWideCC && feedback.mediaSourceSsrc === sender.ssrc
    if (isOurs) told.push(feedback)
  })
  return () => {
    const [first, last] = [told[0], told.at(-1)]
    const begin = first?.baseSequenceNumber ?? 0
    return {
      arrivalCount: told.reduce((sum, { recvDeltas }) => sum + recvDeltas.length, 0),
      span: (last?.baseSequenceNumber ?? 0) + (last?.packetStatusCount ?? 0) - begin,
    }
  }
}

/** A connection that offers H.264 and Opus, sending only. */
export const createRtcOffer = async () => {
  const parameters = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'
  const peer = new RTCPeerConnection({
    codecs: {
      video: [useH264({ parameters, rtcpFeedback: [useNACK(), usePLI(), useTWCC()] })],
      audio: [useOPUS()],
    },
    headerExtensions: { video: [useTransportWideCC()] },
  })
  const video = new MediaStreamTrack({ kind: 'video' })
  const audio = new MediaStreamTrack({ kind: 'audio' })
  peer.addTransceiver(video, { direction: 'sendonly' })
  peer.addTransceiver(audio, { direction: 'sendonly' })
  await peer.setLocalDescription(await peer.createOffer())
  return { peer, video, audio, sdp: peer.localDescription?.sdp ?? '' }
}

/** Publishes by WHIP as a browser does. Rejects with the status when it is refused. */
export const publishRtc = async (options: RtcPublisherOptions): Promise<RtcPublisher> => {
  const { url, key, tags, fps = 30, hasAudio = true, sound = [OPUS_SILENCE] } = options
  const { peer, video, audio, sdp } = await createRtcOffer()
  const response = await postOffer({ url, key }, sdp)
  const answer = await response.text()
  if (response.status !== 201) {
    await peer.close()
    throw new Error(`refused: ${response.status} ${answer}`)
  }
  await peer.setRemoteDescription({ type: 'answer', sdp: answer })
  mendReports(peer, Date.now())
  const stops = [sendPictures(video, { tags, fps }), ...(hasAudio ? [sendSound(audio, sound)] : [])]
  return {
    peer,
    resource: new URL(response.headers.get('location') ?? '', url).href,
    async stop() {
      for (const stop of stops) stop()
      await peer.close()
    },
  }
}

/** From 1900, where NTP begins, to 1970. */
const UNIX_MS = 2_208_988_800_000

/** The fraction of a second in werift's reports is none (RFC 3550 §4); browsers' reports are right. */
const mendReports = (peer: RTCPeerConnection, startedAtMs: number): void => {
  for (const { dtlsTransport, ssrc, kind } of peer.getSenders()) {
    const send = dtlsTransport.sendRtcp.bind(dtlsTransport)
    const rate = kind === 'video' ? VIDEO_RATE : OPUS_RATE
    dtlsTransport.sendRtcp = packets => {
      for (const packet of packets) {
        if (!(packet instanceof RtcpSrPacket) || packet.ssrc !== ssrc) continue
        const sentMs = startedAtMs + (packet.senderInfo.rtpTimestamp * 1_000) / rate
        packet.senderInfo.ntpTimestamp = (BigInt(Math.round(sentMs + UNIX_MS)) << 32n) / 1_000n
      }
      return send(packets)
    }
  }
}

const sendPictures = (
  track: MediaStreamTrack,
  { tags, fps }: { tags: readonly FlvTag[]; fps: number },
): (() => void) => {
  const ofVideo = tags.filter(({ type }) => type === tagType.video)
  const header = ofVideo.find(({ payload }) => payload[1] === 0)?.payload.subarray(5)
  const pictures = ofVideo.filter(({ payload }) => payload[1] === 1)
  const packetizer = new H264Packetizer({
    inputFormat: 'length-prefixed',
    parameterSets: header ? setsOf(header) : [],
  })
  let count = 0
  return every(1000 / fps, () => {
    const picture = pictures[count % pictures.length]
    if (picture === undefined) return
    const timestamp = Math.round((count++ * VIDEO_RATE) / fps) >>> 0
    for (const packet of packetizer.packetize(picture.payload.subarray(5), timestamp)) {
      track.writeRtp(packet)
    }
  })
}

/** Sends anything at all, under any number and time. */
export const sendPacket = (
  track: MediaStreamTrack,
  packet: { sequenceNumber: number; timestamp: number; payload: Buffer },
): void => {
  const { payload, ...header } = packet
  track.writeRtp(new RtpPacket(new RtpHeader(header), payload))
}

const sendSound = (track: MediaStreamTrack, packets: readonly Buffer[]): (() => void) => {
  let count = 0
  return every(20, () => {
    const payload = packets[count % packets.length] ?? OPUS_SILENCE
    const timestamp = (count * OPUS_SILENCE_SAMPLES) >>> 0
    sendPacket(track, { sequenceNumber: count++ & 0xffff, timestamp, payload })
  })
}

/** As often as the time that has passed says, however late the timer is. */
const every = (periodMs: number, act: () => void): (() => void) => {
  const startedAtMs = performance.now()
  let done = 0
  const timer = setInterval(() => {
    for (; done * periodMs < performance.now() - startedAtMs; done++) act()
  }, 5)
  return () => clearInterval(timer)
}

/** The parameter sets of an AVCDecoderConfigurationRecord with one of each. */
const setsOf = (record: Buffer): Buffer[] => {
  const spsEnd = 8 + record.readUInt16BE(6)
  const ppsEnd = spsEnd + 3 + record.readUInt16BE(spsEnd + 1)
  return [record.subarray(8, spsEnd), record.subarray(spsEnd + 3, ppsEnd)]
}
