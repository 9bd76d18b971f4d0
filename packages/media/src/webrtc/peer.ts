import {
  RTCPeerConnection,
  RTCRtpCodecParameters,
  useNACK,
  usePLI,
  useTransportWideCC,
  useTWCC,
} from 'werift'
import type { OfferedCodec } from './sdp-offer.ts'
import { prepareSrtpKeys } from './srtp-keys.ts'

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
    parameters: codec.parameters,
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
