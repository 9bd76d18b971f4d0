/** A codec that an offer names, with the payload type that it gave it. */
export type OfferedCodec = {
  readonly payloadType: number
  /** Lower case, such as `h264`. */
  readonly name: string
  readonly clockRate: number
  readonly channels: number | undefined
  /** The text of `a=fmtp`. */
  readonly parameters: string
}

export type OfferedMedia = {
  readonly kind: 'audio' | 'video'
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
  /** In the order of the offer. */
  readonly codecs: readonly OfferedCodec[]
}

export type Offer = { readonly audio?: OfferedMedia; readonly video?: OfferedMedia }

export const OFFER_BYTES_MAX = 64 * 1024
const LINE_BYTES_MAX = 2_048
const LINES_MAX = 1_500
const CODECS_MAX = 100
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const

/**
 * Reads what the offer of a browser or encoder says of its media (RFC 8866, RFC 8829), undefined
 * when it is none that we take: one bundle of at most one audio and one video.
 */
export const readOffer = (sdp: string): Offer | undefined => {
  if (sdp.length > OFFER_BYTES_MAX || !sdp.startsWith('v=0')) return undefined
  const lines = sdp.split(/\r?\n/)
  if (lines.length > LINES_MAX || lines.some(line => line.length > LINE_BYTES_MAX)) return undefined
  const has = (prefix: string) => lines.some(line => line.startsWith(prefix))
  if (!has('a=ice-ufrag:') || !has('a=ice-pwd:') || !has('a=fingerprint:sha-')) return undefined
  const media = splitMedia(lines).map(readMedia)
  const found: { audio?: OfferedMedia; video?: OfferedMedia } = {}
  for (const each of media) {
    if (each === undefined || found[each.kind] !== undefined) return undefined
    found[each.kind] = each
  }
  return media.length > 0 ? found : undefined
}

const splitMedia = (lines: readonly string[]): string[][] => {
  const sections: string[][] = []
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([line])
    else sections.at(-1)?.push(line)
  }
  return sections
}

const readMedia = ([first = '', ...lines]: string[]): OfferedMedia | undefined => {
  const [, kind, payloadTypes = ''] =
    /^m=(audio|video) \d+ UDP\/TLS\/RTP\/SAVPF ([\d ]+)$/.exec(first) ?? []
  if (kind !== 'audio' && kind !== 'video') return undefined
  const order = payloadTypes.trim().split(/ +/).map(Number)
  if (order.length > CODECS_MAX) return undefined
  const codecs = order.flatMap(payloadType => readCodec(lines, payloadType) ?? [])
  const direction = DIRECTIONS.find(each => lines.includes(`a=${each}`)) ?? 'sendrecv'
  return { kind, direction, codecs }
}

const readCodec = (lines: readonly string[], payloadType: number): OfferedCodec | undefined => {
  const attributeOf = (attribute: string) => {
    const prefix = `a=${attribute}:${payloadType} `
    return lines.find(line => line.startsWith(prefix))?.slice(prefix.length)
  }
  const [, name, clockRate, channels] =
    /^([\w-]{1,32})\/(\d{1,6})(?:\/(\d))?$/.exec(attributeOf('rtpmap') ?? '') ?? []
  if (name === undefined || payloadType > 127) return undefined
  return {
    payloadType,
    name: name.toLowerCase(),
    clockRate: Number(clockRate),
    channels: channels === undefined ? undefined : Number(channels),
    parameters: attributeOf('fmtp') ?? '',
  }
}

const parameterOf = ({ parameters }: OfferedCodec, name: string): string | undefined =>
  parameters
    .split(';')
    .map(pair => pair.trim().split('='))
    .find(([key]) => key?.toLowerCase() === name)?.[1]

/** `profile_idc` and constraint flags, lower case; baseline when the offer leaves it out. */
const profileOf = (codec: OfferedCodec): string =>
  (parameterOf(codec, 'profile-level-id') ?? '42e01f').slice(0, 4).toLowerCase()

const isPacketized = (codec: OfferedCodec): boolean =>
  codec.name === 'h264' && parameterOf(codec, 'packetization-mode') === '1'

/**
 * The H.264 of an offer that suits best: the first wanted profile that it names, else any of
 * packetization mode 1. A profile is four hex digits, such as `42e0`.
 */
export const pickH264 = (
  media: OfferedMedia | undefined,
  profiles: readonly string[],
): OfferedCodec | undefined => {
  const able = media?.codecs.filter(isPacketized) ?? []
  for (const profile of profiles) {
    const fit = able.find(codec => profileOf(codec) === profile)
    if (fit) return fit
  }
  return able[0]
}

export const pickOpus = (media: OfferedMedia | undefined): OfferedCodec | undefined =>
  media?.codecs.find(({ name, clockRate }) => name === 'opus' && clockRate === 48_000)
