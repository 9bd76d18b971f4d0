export const defaultGatewayLimits: GatewayLimits = {
  connectionsMax: 15_000,
  addressConnectionsMax: 2_000,
  handshakesPerSecMax: 1_500,
  addressHandshakesPerSec: 20,
  addressHandshakesBurst: 50,
  addressesMax: 50_000,
  framesPerSecMax: 20,
  framesBurstMax: 40,
  malformedMax: 3,
  askingMax: 16,
  pingEveryMs: 12_000,
  missedPingsMax: 1,
}

export type GatewayLimits = {
  readonly connectionsMax: number
  /** Open connections of one address; whole campuses and mobile cells share one. */
  readonly addressConnectionsMax: number
  /** Handshakes of all addresses together, and of one address. */
  readonly handshakesPerSecMax: number
  readonly addressHandshakesPerSec: number
  readonly addressHandshakesBurst: number
  readonly addressesMax: number
  /** Client messages per socket; beyond it the socket is closed with 1008. */
  readonly framesPerSecMax: number
  readonly framesBurstMax: number
  /** Malformed messages that are forgiven before 1008. */
  readonly malformedMax: number
  /** Subscriptions of one socket that wait for permission at once. */
  readonly askingMax: number
  /** Who vanishes without a word is noticed within `(missedPingsMax + 1) × pingEveryMs`. */
  readonly pingEveryMs: number
  readonly missedPingsMax: number
}

export type GatewayStats = {
  admittedCount: number
  refusedCount: number
  malformedCount: number
  commandCount: number
  silentClosedCount: number
}

export const createGatewayStats = (): GatewayStats => ({
  admittedCount: 0,
  refusedCount: 0,
  malformedCount: 0,
  commandCount: 0,
  silentClosedCount: 0,
})
