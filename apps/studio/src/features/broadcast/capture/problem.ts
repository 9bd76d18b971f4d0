/** Why there is no picture from this device; each has its words and a way out. */
export type CaptureProblem =
  /** The page is not served over TLS: browsers then have no camera at all. */
  'insecure' | 'unsupported' | 'denied' | 'noCamera' | 'inUse' | 'failed'

const names: Readonly<Record<string, CaptureProblem>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'noCamera',
  DevicesNotFoundError: 'noCamera',
  OverconstrainedError: 'noCamera',
  NotReadableError: 'inUse',
  TrackStartError: 'inUse',
  AbortError: 'inUse',
}

/** What the browser means when it gives no camera, microphone or screen. */
export function captureProblemOf(error: unknown): CaptureProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  return names[name] ?? 'failed'
}

/** What this browser and page have; asked before anything is opened. */
export type Ability = {
  readonly isSecure: boolean
  readonly hasCamera: boolean
  /** WebRTC, or a recorder for the WebSocket. */
  readonly canSend: boolean
}

export function abilityProblem({ isSecure, hasCamera, canSend }: Ability): CaptureProblem | null {
  if (!isSecure) return 'insecure'
  return hasCamera && canSend ? null : 'unsupported'
}
