import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBroadcast } from './broadcast.ts'
import type { Connect, Media } from './publish/transport.ts'

beforeEach(() => {
  vi.stubGlobal('document', {
    visibilityState: 'hidden',
    addEventListener: () => {},
    removeEventListener: () => {},
  })
})
afterEach(() => void vi.unstubAllGlobals())

class FakeTrack extends EventTarget {
  enabled = true
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  stop() {}
}
const track = (name: string) => new FakeTrack(name) as unknown as MediaStreamTrack
const nameOf = (one: MediaStreamTrack | null) => (one as FakeTrack | null)?.name

/** A broadcast by WebRTC, and the names of what the connection was given, newest last. */
async function onAir() {
  const given: string[] = []
  const give = ({ video, audio }: Media) => given.push(`${nameOf(video)}, ${nameOf(audio)}`)
  const whip: Connect = async ({ media }) => {
    give(media)
    return {
      swap: async next => give(next) > 0,
      measure: () => Promise.reject(new Error('nobody looks')),
      close: () => {},
    }
  }
  const broadcast = createBroadcast({
    devices: {
      openBoth: async () => ({ camera: track('front'), mic: track('mic') }),
      openCamera: async choice => track('facing' in choice ? choice.facing : choice.deviceId),
      openMicrophone: async id => track(id ?? 'mic'),
      openScreen: async () => ({ screen: track('screen'), sound: track('tab') }),
      listDevices: async () => ({ cameras: [], mics: [] }),
      facingOf: () => 'user',
    },
    mixOf: tracks => ({ track: track(tracks.map(nameOf).join('+')), stop: () => {} }),
    abilityProblem: () => null,
    askTicket: async () => ({
      ticket: 'pt_1',
      endpoints: [{ protocol: 'whip', url: '/whip' }],
      iceServers: [],
      expiresAt: '',
    }),
    transports: { whip },
    refusalOf: () => null,
    roll: () => 0,
    slateWords: () => '',
    isHandheld: false,
    kept: { getItem: () => null, setItem: () => {} },
  })
  await broadcast.open('user')
  broadcast.go()
  await vi.waitUntil(() => broadcast.view().cast.at === 'live')
  return { broadcast, given }
}

test('another camera, a screen with its sound and another microphone reach the viewers', async () => {
  const { broadcast, given } = await onAir()
  expect(given).toEqual(['front, mic'])
  const gives = (what: string) => vi.waitUntil(() => given.at(-1) === what)
  await broadcast.camera.chooseCamera('table')
  await gives('table, mic')
  await broadcast.camera.shareScreen()
  await gives('screen, mic+tab')
  await broadcast.camera.chooseMic('headset')
  await gives('screen, headset+tab')
  await broadcast.camera.stopScreen()
  await gives('user, headset')
})
