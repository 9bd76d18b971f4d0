import type { CameraChoice, Device, devices, Facing } from './capture/devices.ts'
import { type CaptureProblem, captureProblemOf } from './capture/problem.ts'

/** What this device gives now. */
export type CameraView = {
  readonly isOpening: boolean
  readonly problem: CaptureProblem | null
  readonly source: 'camera' | 'screen'
  /** The picture as it comes, without effects. */
  readonly video: MediaStreamTrack | null
  readonly mic: MediaStreamTrack | null
  readonly facing: Facing
  readonly cameras: readonly Device[]
  readonly mics: readonly Device[]
  readonly isMuted: boolean
  /** The system took the camera away for a while, such as for a phone call. */
  readonly isInterrupted: boolean
}

export type CameraNeeds = {
  devices: typeof devices
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
  facing: 'user',
  cameras: [],
  mics: [],
  isMuted: false,
  isInterrupted: false,
}

/** Camera, microphone and screen of this device; one change at a time, in the order of the wishes. */
export function createCamera({ devices, abilityProblem, onChange }: CameraNeeds) {
  let view = nothingYet
  let lane: Promise<void> = Promise.resolve()
  let isClosed = false

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
  const show = (video: MediaStreamTrack, source: CameraView['source']) => {
    if (isClosed) return video.stop()
    const facing = source === 'camera' ? devices.facingOf(video) : view.facing
    change({ video: taken(video), source, facing, problem: null, isInterrupted: false })
  }
  const takeMic = (mic: MediaStreamTrack) => {
    // The page was closed while the microphone opened.
    if (isClosed) return mic.stop()
    mic.enabled = !view.isMuted
    view.mic?.stop()
    change({ mic })
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
      if (view.mic) view.mic.enabled = !isMuted
      change({ isMuted })
    },
    shareScreen: () =>
      inLane(async () => {
        const screen = await devices.openScreen()
        view.video?.stop()
        show(screen, 'screen')
      }),
    stopScreen: backToCamera,
    forgetProblem: () => change({ problem: null }),
    close() {
      isClosed = true
      view.video?.stop()
      view.mic?.stop()
    },
  }
}
