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
function stage() {
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
      openScreen: async () => open('screen'),
      listDevices: async () => ({ cameras: [], mics: [] }),
      facingOf: track =>
        (track as unknown as FakeTrack).name === 'environment' ? 'environment' : 'user',
    },
    abilityProblem: () => null,
    onChange: () => {},
  })
  const shown = () => (camera.view().video as unknown as FakeTrack | null)?.name
  const openNow = () => opened.filter(({ isStopped }) => !isStopped).map(({ name }) => name)
  return { camera, opened, broken, shown, openNow }
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
