import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickH264, pickOpus, readOffer } from './sdp-offer.ts'

const offer = (media: string) =>
  `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:${'x'.repeat(22)}\r\na=fingerprint:sha-256 AA:BB\r\n${media}`

/** What Chromium offers, in short. */
const CHROMIUM = offer(
  [
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
    'a=sendonly',
    'a=rtpmap:111 opus/48000/2',
    'a=rtpmap:0 PCMU/8000',
    'm=video 9 UDP/TLS/RTP/SAVPF 96 102 104 108',
    'a=sendonly',
    'a=rtpmap:96 VP8/90000',
    'a=rtpmap:102 H264/90000',
    'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f',
    'a=rtpmap:104 H264/90000',
    'a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f',
    'a=rtpmap:108 H264/90000',
    'a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
    '',
  ].join('\r\n'),
)

test('codecs are picked by profile, and only where pictures may be cut into packets', () => {
  const { audio, video } = readOffer(CHROMIUM) ?? {}
  expect(pickH264(video, ['42e0', '6400'])?.payloadType).toBe(108)
  expect(pickH264(video, ['6400'])?.payloadType).toBe(104)
  expect(pickH264(video, ['4d00'])?.payloadType).toBe(104)
  expect(pickOpus(audio)?.payloadType).toBe(111)
  expect(video?.direction).toBe('sendonly')
})

test.each([
  ['nothing', ''],
  ['no media', offer('')],
  ['two pictures', offer('m=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n')],
  ['data channels', offer('m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n')],
  ['plain RTP', offer('m=video 9 RTP/AVP 96\r\n')],
  ['an endless line', offer(`m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=${'x'.repeat(3_000)}\r\n`)],
  ['endless lines', offer(`m=video 9 UDP/TLS/RTP/SAVPF 96\r\n${'a=x\r\n'.repeat(2_000)}`)],
  ['endless codecs', offer(`m=video 9 UDP/TLS/RTP/SAVPF ${'96 '.repeat(200)}\r\n`)],
  ['no fingerprint', CHROMIUM.replace('a=fingerprint', 'a=nothing')],
  ['too much', CHROMIUM + 'a=x\r\n'.repeat(20_000)],
])('an offer of %s is none', (_, sdp) => {
  expect(readOffer(sdp)).toBeUndefined()
})

test('an offer that was changed anywhere is read or refused, and never throws', () => {
  fc.assert(
    fc.property(fc.nat(CHROMIUM.length), fc.string({ maxLength: 20 }), (at, text) => {
      const changed = CHROMIUM.slice(0, at) + text + CHROMIUM.slice(at + text.length)
      const { audio, video } = readOffer(changed) ?? {}
      expect([pickH264(video, ['42e0']), pickOpus(audio)]).toHaveLength(2)
    }),
  )
})
