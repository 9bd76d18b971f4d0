import type { Hub } from '@kaibo/media/hub/hub'
import type { Gate } from '@kaibo/media/hub/publisher'
import { writeIceLinks } from '@kaibo/media/webrtc/ice-servers'
import type { MediaPart, Refusal } from './part.ts'
import type { PlayGate } from './play/gate.ts'
import { createWhepPart } from './play/whep-part.ts'
import { createPublishGate } from './publish/gate.ts'
import { createIngestPart } from './publish/ingest-part.ts'
import { createWhipPart } from './publish/whip-part.ts'
import type { MediaWebRtc } from './webrtc-config.ts'

export type BrowserNeeds = {
  readonly webrtc: MediaWebRtc
  readonly hub: Hub
  /** Decides on keys and tickets of publishers. */
  readonly authorize: Gate
  /** Decides on tokens of viewers. */
  readonly playGate: PlayGate
  isStrained(): boolean
  onRefused(refusal: Refusal): void
}

/** What browsers publish and watch by, beside the players' own ways: WHIP, MediaRecorder, WHEP. */
export const createBrowserParts = (needs: BrowserNeeds): MediaPart[] => {
  const { webrtc, hub, playGate, isStrained, onRefused } = needs
  const { settings, encodersMax, viewersMax } = webrtc
  const gate = createPublishGate(needs.authorize)
  const iceLinks = () => writeIceLinks(webrtc.iceServers())
  const whip = createWhipPart({ hub, gate, settings, iceLinks, onRefused })
  const { sourceOf } = whip
  return [
    whip,
    createIngestPart({ hub, gate, encodersMax, onRefused }),
    createWhepPart({
      ...{ hub, settings, iceLinks, sourceOf, viewersMax, isStrained },
      gate: playGate,
    }),
  ]
}
