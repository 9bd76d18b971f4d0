import {
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtcpTransportLayerFeedback,
  useNACK,
  usePLI,
  useTransportWideCC,
  useTWCC,
} from 'werift'
import type { OfferedCodec } from './sdp-offer.ts'
import { prepareSrtpKeys } from './srtp-keys.ts'
import { createTransportFeedback } from './transport-feedback.ts'

export type WebRtcSettings = {
  /** UDP ports for media, both ends included; undefined: any free one. */
  readonly udpPorts: readonly [number, number] | undefined
  /** What peers are told to send to, where it is not an address of this machine (1:1 NAT). */
  readonly publicAddress: string | undefined
}

/** The codecs of one connection: exactly what will be spoken, under the peer's own numbers. */
export type PeerCodecs = {
  readonly video: OfferedCodec | undefined
  readonly audio: OfferedCodec | undefined
  /** Who receives tells the sender how the path is; who sends only repeats what was lost. */
  readonly isReceiving: boolean
}

/**
 * What libwebrtc (Chromium, Safari) begins with and never goes below, kbit/s. It would begin with
 * 300 and needs a minute of undisturbed growth to a picture that can be looked at.
 */
const BIT_RATES = 'x-google-start-bitrate=1000;x-google-min-bitrate=300'

const withBitRates = ({ parameters }: OfferedCodec): string =>
  parameters === '' ? BIT_RATES : `${parameters};${BIT_RATES}`

const codecOf = (
  kind: 'audio' | 'video',
  codec: OfferedCodec,
  isReceiving: boolean,
): RTCRtpCodecParameters =>
  new RTCRtpCodecParameters({
    mimeType: kind === 'video' ? 'video/H264' : 'audio/opus',
    clockRate: codec.clockRate,
    payloadType: codec.payloadType,
    ...(codec.channels === undefined ? {} : { channels: codec.channels }),
    parameters: isReceiving && kind === 'video' ? withBitRates(codec) : codec.parameters,
    rtcpFeedback: [
      ...(kind === 'video' ? [useNACK(), usePLI()] : []),
      ...(isReceiving ? [useTWCC()] : []),
    ],
  })

/**
 * A connection of ours. It speaks ICE lite: we are the side with the known address, so the other
 * one checks it and needs neither its candidates told nor servers of ours.
 */
export const openPeer = (settings: WebRtcSettings, codecs: PeerCodecs): RTCPeerConnection => {
  const { udpPorts, publicAddress } = settings
  const { audio, video, isReceiving } = codecs
  const extensions = isReceiving ? [useTransportWideCC()] : []
  const peer = new RTCPeerConnection({
    iceLite: true,
    iceServers: [],
    iceUseIpv6: publicAddress === undefined,
    ...(udpPorts ? { icePortRange: [...udpPorts] } : {}),
    bundlePolicy: 'max-bundle',
    codecs: {
      audio: audio ? [codecOf('audio', audio, isReceiving)] : [],
      video: video ? [codecOf('video', video, isReceiving)] : [],
    },
    headerExtensions: { audio: extensions, video: extensions },
    iceFilterStunResponse: message => isOurs(peer, String(message.getAttributeValue('USERNAME'))),
  })
  peer.connectionStateChange.subscribe(state => {
    if (state === 'connected') peer.dtlsTransports.forEach(prepareSrtpKeys)
  })
  return peer
}

/**
 * Only who knows the names that both sides gave each other over HTTPS may move the connection:
 * a stranger that finds the port is not answered (RFC 8445 §7.3).
 */
const isOurs = (peer: RTCPeerConnection, username: string): boolean =>
  peer.iceTransports.some(({ connection }) => username.startsWith(`${connection.localUsername}:`))

/** Answers an offer. Rejects when it makes no sense or no port is free. */
export const answerOffer = async (
  peer: RTCPeerConnection,
  { offer, settings }: { offer: string; settings: WebRtcSettings },
): Promise<string> => {
  await peer.setRemoteDescription({ type: 'offer', sdp: offer })
  await peer.setLocalDescription(await peer.createAnswer())
  const answer = peer.localDescription?.sdp ?? ''
  if (!answer.includes('a=candidate:')) throw new Error('webrtc: no candidate')
  return settings.publicAddress === undefined ? answer : publish(answer, settings.publicAddress)
}

/** Every socket listens on all addresses, so one candidate with the public one says it all. */
const publish = (answer: string, address: string): string => {
  const told = new Set<string>()
  const lines = answer.split('\r\n').flatMap(line => {
    const [name = '', component, transport, priority, , port, ...rest] = line.split(' ')
    if (!name.startsWith('a=candidate:')) return [line]
    const candidate = [name, component, transport, priority, address, port, ...rest].join(' ')
    if (told.size > 0 && !told.has(candidate)) return []
    told.add(candidate)
    return [candidate]
  })
  return lines.join('\r\n')
}

const REPORT_EVERY_MS = 50

/**
 * Tells the sender when its packets arrive, from now on; returns the exit. Takes the place of
 * werift's own reports, whose times are wrong by up to 64 ms and which take what was lost for
 * received: Chromium's estimate of the path fell below 100 kbit/s with them.
 */
export const reportArrivals = (peer: RTCPeerConnection, mediaSsrc: () => number): (() => void) => {
  const receivers = peer.getReceivers()
  const feedback = createTransportFeedback({
    ssrc: receivers[0]?.rtcpSsrc ?? 1,
    mediaSsrc,
    send(report) {
      const packet = Object.assign(new RtcpTransportLayerFeedback(), { serialize: () => report })
      peer.dtlsTransports[0]?.sendRtcp([packet]).catch(() => {})
    },
  })
  const handleTWCC = (sequence: number | undefined): void => {
    if (sequence !== undefined) feedback.note(sequence, performance.now())
  }
  for (const receiver of receivers) Object.assign(receiver, { receiverTWCC: { handleTWCC } })
  const timer = setInterval(feedback.report, REPORT_EVERY_MS)
  return () => clearInterval(timer)
}
