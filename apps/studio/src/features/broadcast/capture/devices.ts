import { type Ability, captureProblemOf } from './problem.ts'

export type Device = { readonly id: string; readonly name: string }
export type Facing = 'user' | 'environment'

/** A device that was chosen by name, or the side that it should look at. */
export type CameraChoice = { readonly deviceId: string } | { readonly facing: Facing }

/** What goes out is about this, and nothing is cut off; phones turn it upright by themselves. */
const size = { width: { ideal: 1280 }, height: { ideal: 720 }, resizeMode: { ideal: 'none' } }
const framesPerSec = { ideal: 30, max: 30 }

const pictureOf = (choice: CameraChoice): MediaTrackConstraints => ({
  ...size,
  frameRate: framesPerSec,
  ...('deviceId' in choice
    ? { deviceId: { exact: choice.deviceId } }
    : { facingMode: choice.facing }),
})

const soundOf = (deviceId: string | null): MediaTrackConstraints => ({
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
})

const ask = (constraints: MediaStreamConstraints) =>
  navigator.mediaDevices.getUserMedia(constraints)

/** Phones often open one camera at a time: the one before must have been stopped. */
const openCamera = async (choice: CameraChoice): Promise<MediaStreamTrack> =>
  firstOf((await ask({ video: pictureOf(choice) })).getTracks())

const openMicrophone = async (deviceId: string | null): Promise<MediaStreamTrack> =>
  firstOf((await ask({ audio: soundOf(deviceId) })).getTracks())

/**
 * Camera and microphone with one question to the host. Without a microphone the picture still
 * comes, silently; a device that is gone is replaced by any. Throws what the browser throws.
 */
async function openBoth(
  choice: CameraChoice,
  micId: string | null,
): Promise<{ camera: MediaStreamTrack; mic: MediaStreamTrack | null }> {
  try {
    const stream = await ask({ video: pictureOf(choice), audio: soundOf(micId) })
    return { camera: firstOf(stream.getVideoTracks()), mic: stream.getAudioTracks()[0] ?? null }
  } catch (error) {
    if (captureProblemOf(error) !== 'noCamera') throw error
    const camera = await openCamera({ facing: 'user' })
    return { camera, mic: await openMicrophone(null).catch(() => null) }
  }
}

/** Music and films are no speech: what is made for microphones would spoil them. */
const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }

/** A screen, window or tab of the host's choice, with its sound where the host allows that, too. */
async function openScreen(): Promise<{
  screen: MediaStreamTrack
  sound: MediaStreamTrack | null
}> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 15 } },
    audio: asItIs,
  })
  const screen = firstOf(stream.getVideoTracks())
  screen.contentHint = 'detail'
  return { screen, sound: stream.getAudioTracks()[0] ?? null }
}

async function listDevices(): Promise<{ cameras: Device[]; mics: Device[] }> {
  const all = await navigator.mediaDevices.enumerateDevices()
  const named = (kind: MediaDeviceKind) =>
    all
      .filter(device => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }, place) => ({ id: deviceId, name: label || `${place + 1}` }))
  return { cameras: named('videoinput'), mics: named('audioinput') }
}

/** Which way a camera looks: what it says, else cameras of desks look at their user. */
const facingOf = (track: MediaStreamTrack): Facing =>
  track.getSettings().facingMode === 'environment' ? 'environment' : 'user'

/** The cameras, microphones and screens of this browser. */
export const devices = {
  openBoth,
  openCamera,
  openMicrophone,
  openScreen,
  listDevices,
  facingOf,
}

export const canShareScreen = (): boolean =>
  'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices

export const abilityHere = (): Ability => ({
  isSecure: globalThis.isSecureContext,
  hasCamera: 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices,
  canSend: 'RTCPeerConnection' in globalThis || 'MediaRecorder' in globalThis,
})

function firstOf([track]: MediaStreamTrack[]): MediaStreamTrack {
  if (!track) throw new DOMException('no track came', 'NotFoundError')
  return track
}
