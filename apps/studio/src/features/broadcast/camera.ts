import type { CameraChoice, Device, devices, Facing } from './capture/devices.ts'
import { type CaptureProblem, captureProblemOf } from './capture/problem.ts'
import type { Mix, mixOf } from './sound/mix.ts'

/** What this device gives now. */
export type CameraView = {
  readonly isOpening: boolean
  readonly problem: CaptureProblem | null
  readonly source: 'camera' | 'screen'
  /** The picture as it comes, without effects. */
  readonly video: MediaStreamTrack | null
  readonly mic: MediaStreamTrack | null
  /** What viewers hear: the microphone, the sound of a shared screen, or both as one. */
  readonly sound: MediaStreamTrack | null
  readonly facing: Facing
  readonly cameras: readonly Device[]
  readonly mics: readonly Device[]
  readonly isMuted: boolean
  /** The system took the camera away for a while, such as for a phone call. */
  readonly isInterrupted: boolean
}

export type CameraNeeds = {
  devices: typeof devices
  mixOf: typeof mixOf
  /** What this browser cannot do, asked before anything is opened. */
  abilityProblem: () => CaptureProblem | null
  onChange: () => void
}

const nothingYet: CameraView = {
  isOpening: false,
  problem: null,
  source: 'camera',
  video: null,
  mic: null,
  sound: null,
  facing: 'user',
  cameras: [],
  mics: [],
  isMuted: false,
  isInterrupted: false,
}

/** Camera, microphone and screen of this device; one change at a time, in the order of the wishes. */
export function createCamera({ devices, mixOf, abilityProblem, onChange }: CameraNeeds) {
  let view = nothingYet
  let lane: Promise<void> = Promise.resolve()
  let isClosed = false
  let isAway = false
  /** The sound of a tab or of the system, shared with a screen. */
  let shared: MediaStreamTrack | null = null
  let mix: Mix | null = null

  const change = (next: Partial<CameraView>) => {
    view = { ...view, ...next }
    onChange()
  }
  const inLane = (act: () => Promise<void>): Promise<void> => {
    lane = lane.then(async () => {
      if (isClosed) return
      await act().catch(error => change({ problem: captureProblemOf(error) }))
      change({ isOpening: false })
    })
    return lane
  }
  /** Watches a track for as long as it is the one that shows. */
  const taken = (video: MediaStreamTrack): MediaStreamTrack => {
    const tell = (isInterrupted: boolean) => view.video === video && change({ isInterrupted })
    video.addEventListener('mute', () => tell(true))
    video.addEventListener('unmute', () => tell(false))
    video.addEventListener('ended', () => {
      if (view.video !== video) return
      // Sharing was stopped in the browser's own bar, or the camera was pulled out.
      if (view.source === 'screen') void backToCamera()
      else change({ video: null, problem: 'noCamera' })
    })
    return video
  }
  /** Who is muted or away is not heard by any of the tracks, whichever of them is being sent. */
  const hush = () => {
    for (const track of [view.mic, shared, view.sound]) {
      if (track) track.enabled = !view.isMuted && !isAway
    }
  }
  const arrangeSound = () => {
    const parts = [view.mic, shared].filter(track => track !== null)
    const before = mix
    mix = parts.length > 1 ? mixOf(parts) : null
    change({ sound: mix?.track ?? parts[0] ?? null })
    hush()
    before?.stop()
  }
  const takeShared = (sound: MediaStreamTrack | null) => {
    if (shared === sound) return
    shared?.stop()
    shared = sound
    sound?.addEventListener('ended', () => shared === sound && takeShared(null))
    arrangeSound()
  }
  const show = (video: MediaStreamTrack, source: CameraView['source']) => {
    if (isClosed) return video.stop()
    if (source === 'camera') takeShared(null)
    const facing = source === 'camera' ? devices.facingOf(video) : view.facing
    change({ video: taken(video), source, facing, problem: null, isInterrupted: false })
  }
  const takeMic = (mic: MediaStreamTrack) => {
    // The page was closed while the microphone opened.
    if (isClosed) return mic.stop()
    const before = view.mic
    mic.enabled = !view.isMuted && !isAway
    change({ mic })
    arrangeSound()
    before?.stop()
  }
  /** Many phones open one camera at a time; when the other one fails, the old one comes back. */
  const switchTo = async (choice: CameraChoice) => {
    const before: CameraChoice = { facing: view.facing }
    view.video?.stop()
    try {
      show(await devices.openCamera(choice), 'camera')
    } catch (error) {
      show(await devices.openCamera(before), 'camera')
      throw error
    }
  }
  const backToCamera = () => inLane(() => switchTo({ facing: view.facing }))

  return {
    view: () => view,
    /** Asks for camera and microphone; a problem is in the view. */
    open: (facing: Facing): Promise<void> => {
      const problem = abilityProblem()
      change({ problem, isOpening: problem === null })
      if (problem) return Promise.resolve()
      return inLane(async () => {
        const { camera, mic } = await devices.openBoth({ facing }, null)
        if (mic) takeMic(mic)
        show(camera, 'camera')
        change(await devices.listDevices())
      })
    },
    flip: () => inLane(() => switchTo({ facing: view.facing === 'user' ? 'environment' : 'user' })),
    chooseCamera: (deviceId: string) => inLane(() => switchTo({ deviceId })),
    chooseMic: (deviceId: string) =>
      inLane(async () => {
        const mic = await devices.openMicrophone(deviceId)
        takeMic(mic)
      }),
    setMuted(isMuted: boolean) {
      view = { ...view, isMuted }
      hush()
      onChange()
    },
    /** Viewers see the slate: they hear nothing either. */
    setAway(next: boolean) {
      isAway = next
      hush()
    },
    shareScreen: () =>
      inLane(async () => {
        const { screen, sound } = await devices.openScreen()
        if (isClosed) {
          screen.stop()
          sound?.stop()
          return
        }
        view.video?.stop()
        takeShared(sound)
        show(screen, 'screen')
      }),
    stopScreen: backToCamera,
    forgetProblem: () => change({ problem: null }),
    close() {
      isClosed = true
      view.video?.stop()
      view.mic?.stop()
      shared?.stop()
      mix?.stop()
    },
  }
}
