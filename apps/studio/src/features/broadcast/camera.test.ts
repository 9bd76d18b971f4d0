import { expect, test } from 'vitest'
import { createCamera } from './camera.ts'
import type { devices } from './capture/devices.ts'

class FakeTrack extends EventTarget {
  enabled = true
  isStopped = false
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  stop() {
    this.isStopped = true
  }
  tell = (event: 'ended' | 'mute' | 'unmute') => this.dispatchEvent(new Event(event))
}

/** A phone with two cameras, of which one at a time can be open. */
function stage({ hasScreenSound = false } = {}) {
  const opened: FakeTrack[] = []
  const broken = new Set<string>()
  const open = (name: string): MediaStreamTrack => {
    if (broken.has(name)) throw new DOMException('', 'NotReadableError')
    const isCamera = name === 'user' || name === 'environment'
    const isTaken = opened.some(
      ({ isStopped, name: other }) => !isStopped && (other === 'user' || other === 'environment'),
    )
    if (isCamera && isTaken) throw new DOMException('', 'NotReadableError')
    const track = new FakeTrack(name)
    opened.push(track)
    return track as unknown as MediaStreamTrack
  }
  const nameOf = (choice: Parameters<typeof devices.openCamera>[0]) =>
    'facing' in choice ? choice.facing : 'user'
  const camera = createCamera({
    devices: {
      openBoth: async choice => ({ camera: open(nameOf(choice)), mic: open('mic') }),
      openCamera: async choice => open(nameOf(choice)),
      openMicrophone: async id => open(id ?? 'mic'),
      openScreen: async () => ({
        screen: open('screen'),
        sound: hasScreenSound ? open('tab') : null,
      }),
      listDevices: async () => ({ cameras: [], mics: [] }),
      facingOf: track =>
        (track as unknown as FakeTrack).name === 'environment' ? 'environment' : 'user',
    },
    mixOf: tracks => {
      const names = tracks.map(track => (track as unknown as FakeTrack).name)
      const track = open(names.join('+'))
      return { track, stop: () => track.stop() }
    },
    abilityProblem: () => null,
    onChange: () => {},
  })
  const shown = () => (camera.view().video as unknown as FakeTrack | null)?.name
  const openNow = () => opened.filter(({ isStopped }) => !isStopped).map(({ name }) => name)
  const heard = () => {
    const sound = camera.view().sound as unknown as FakeTrack | null
    return sound?.enabled ? sound.name : null
  }
  return { camera, opened, broken, shown, openNow, heard }
}

test('the other camera is opened when the first one is closed, and looks the other way', async () => {
  const { camera, shown, openNow } = stage()
  await camera.open('user')
  await camera.flip()
  expect([shown(), camera.view().facing]).toEqual(['environment', 'environment'])
  expect(openNow()).toEqual(['mic', 'environment'])
})

test('two quick flips come back to where they began', async () => {
  const { camera, shown } = stage()
  await camera.open('user')
  await Promise.all([camera.flip(), camera.flip()])
  expect(shown()).toBe('user')
})

test('when the other camera cannot be had, the picture goes on and the reason is told', async () => {
  const { camera, broken, shown } = stage()
  await camera.open('user')
  broken.add('environment')
  await camera.flip()
  expect([shown(), camera.view().problem]).toEqual(['user', 'inUse'])
})

test('who is muted stays muted with another microphone', async () => {
  const { camera, openNow } = stage()
  await camera.open('user')
  camera.setMuted(true)
  await camera.chooseMic('headset')
  expect([camera.view().mic?.enabled, openNow()]).toEqual([false, ['user', 'headset']])
})

test('a screen takes the place of the camera until it is no longer shared', async () => {
  const { camera, opened, shown, openNow } = stage()
  await camera.open('user')
  await camera.shareScreen()
  expect([shown(), openNow()]).toEqual(['screen', ['mic', 'screen']])
  opened.at(-1)?.tell('ended')
  await camera.stopScreen()
  expect([shown(), camera.view().source]).toEqual(['user', 'camera'])
})

test('the sound of a shared tab is heard together with the microphone, and leaves with it', async () => {
  const { camera, opened, heard, openNow } = stage({ hasScreenSound: true })
  await camera.open('user')
  expect(heard()).toBe('mic')
  await camera.shareScreen()
  expect(heard()).toBe('mic+tab')
  await camera.chooseMic('headset')
  expect(heard()).toBe('headset+tab')
  opened.find(({ name }) => name === 'tab')?.tell('ended')
  expect(heard()).toBe('headset')
  await camera.stopScreen()
  expect([heard(), openNow()]).toEqual(['headset', ['headset', 'user']])
})

test('who is muted or away is heard by nothing at all, whatever is shared meanwhile', async () => {
  const { camera, opened, heard } = stage({ hasScreenSound: true })
  const audible = () =>
    opened.filter(({ enabled, name }) => enabled && /mic|tab|headset/.test(name)).length
  await camera.open('user')
  camera.setMuted(true)
  await camera.shareScreen()
  await camera.chooseMic('headset')
  expect(audible()).toBe(0)
  camera.setMuted(false)
  expect(heard()).toBe('headset+tab')
  camera.setAway(true)
  expect(heard()).toBeNull()
  await camera.stopScreen()
  expect(heard()).toBeNull()
  camera.setAway(false)
  expect(heard()).toBe('headset')
})

test('a camera that is pulled out is told; one that was replaced is nobody’s business', async () => {
  const { camera, opened } = stage()
  await camera.open('user')
  await camera.flip()
  opened[0]?.tell('ended')
  expect(camera.view().problem).toBeNull()
  opened.at(-1)?.tell('ended')
  expect([camera.view().video, camera.view().problem]).toEqual([null, 'noCamera'])
})

test('a phone call interrupts the picture and gives it back', async () => {
  const { camera, opened } = stage()
  await camera.open('user')
  opened[0]?.tell('mute')
  expect(camera.view().isInterrupted).toBe(true)
  opened[0]?.tell('unmute')
  expect(camera.view().isInterrupted).toBe(false)
})

test('a page that is closed while a camera opens leaves no light on', async () => {
  const { camera, openNow } = stage()
  const opening = camera.open('user')
  // The question to the host is under way.
  await Promise.resolve()
  camera.close()
  await opening
  expect(openNow()).toEqual([])
})
