/** What a WebRTC receiver has counted since its beginning. */
export type Received = { packets: number; lost: number; freezes: number; frozenSec: number }

/** So long is looked back; what is bad for less than that is a hiccup. */
const windowMs = 5_000
/** A share of lost packets that no repair hides. */
const lossMax = 0.05
/** A share of the time in which the picture stood, and not once: that was the host. */
const frozenMax = 0.4
const freezesMin = 3

/**
 * Tells when a line does not carry a stream that is sent at one rate whatever arrives: packets are
 * missing, or the picture stands, for a good part of the last seconds.
 */
export function createLossMeter() {
  let looks: (Received & { atMs: number })[] = []
  /** True when the line is too narrow; call it about twice a second. */
  return (received: Received, atMs: number): boolean => {
    const since = atMs - windowMs
    looks = [...looks, { ...received, atMs }]
    // The newest look that is old enough stays, for the whole window to be seen.
    looks = looks.slice(
      Math.max(
        0,
        looks.findLastIndex(look => look.atMs <= since),
      ),
    )
    const [first] = looks
    if (!first || first.atMs > since) return false
    const lost = received.lost - first.lost
    const sent = received.packets - first.packets + lost
    const frozenMs = (received.frozenSec - first.frozenSec) * 1_000
    const isFreezing = received.freezes - first.freezes >= freezesMin
    return lost > sent * lossMax || (isFreezing && frozenMs > (atMs - first.atMs) * frozenMax)
  }
}
