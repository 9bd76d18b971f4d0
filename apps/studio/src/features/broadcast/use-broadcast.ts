import { ApiError } from '@kaibo/client/client'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type Broadcast, type BroadcastView, createBroadcast } from './broadcast.ts'
import { abilityHere, devices } from './capture/devices.ts'
import { abilityProblem } from './capture/problem.ts'
import { isUnderWay } from './model.ts'
import { connectSocket, recordedMime } from './publish/socket.ts'
import type { Transports } from './publish/transport.ts'
import { connectWhip } from './publish/whip.ts'
import { isKept, keep, keptOrNothing } from './resume.ts'
import { mixOf } from './sound/mix.ts'

/** Calls that fail in passing: too many of them. Any other refusal will be the same next time. */
const tooMany = 429

/** The broadcast of this page: made with it, given back with it, resumed after a reload. */
export function useBroadcast({ shopId, liveId }: { shopId: string; liveId: string }): {
  broadcast: Broadcast
  view: BroadcastView
} {
  const t = useT()
  const sentence = useErrorSentence()
  const words = useRef({ slate: '', sentence })
  words.current = { slate: t('broadcast.slate'), sentence }
  const [broadcast] = useState(() =>
    createBroadcast({
      devices,
      mixOf,
      transports: transportsHere(),
      abilityProblem: () => abilityProblem(abilityHere()),
      askTicket: () => api.live.publishTicket({ shopId, id: liveId }),
      refusalOf: error => (isFinal(error) ? words.current.sentence(error) : null),
      roll: Math.random,
      slateWords: () => words.current.slate,
      isHandheld: matchMedia('(pointer: coarse)').matches,
      kept: keptOrNothing(),
    }),
  )
  const view = useSyncExternalStore(broadcast.subscribe, broadcast.view)
  useLife(broadcast, liveId)
  useEffect(() => {
    if (isUnderWay(view.cast)) keep(liveId)
    if (view.cast.at === 'refused') keep(null)
  }, [view.cast, liveId])
  return { broadcast, view }
}

/** Opens the camera with the page, follows its visibility, and lets go when it leaves. */
function useLife(broadcast: Broadcast, liveId: string): void {
  useEffect(() => {
    const start = async () => {
      const wasOnAir = isKept(liveId)
      await broadcast.open('user')
      if (wasOnAir) broadcast.go()
    }
    const hide = () => broadcast.setHidden(document.visibilityState === 'hidden')
    const leave = () => broadcast.close()
    // What the browser kept of a page that was left has no camera any more.
    const back = ({ persisted }: PageTransitionEvent) => persisted && location.reload()
    void start()
    document.addEventListener('visibilitychange', hide)
    addEventListener('pagehide', leave)
    addEventListener('pageshow', back)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', back)
      // Left by the host's own will: nothing to go on with.
      keep(null)
      leave()
    }
  }, [broadcast, liveId])
}

const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== tooMany

function transportsHere(): Transports {
  const nowMs = () => performance.now()
  const isSupported = (mime: string) => MediaRecorder.isTypeSupported(mime)
  return {
    ...('RTCPeerConnection' in globalThis && {
      whip: target =>
        connectWhip(target, {
          createPeer: config => new RTCPeerConnection(config),
          fetch: (input, init) => fetch(input, init),
          codecs: () => RTCRtpSender.getCapabilities('video')?.codecs ?? [],
          nowMs,
        }),
    }),
    ...('MediaRecorder' in globalThis &&
      recordedMime(isSupported) !== undefined && {
        ws: target =>
          connectSocket(target, {
            createSocket: url => new WebSocket(url),
            createRecorder: (stream, options) => new MediaRecorder(stream, options),
            createStream: tracks => new MediaStream(tracks),
            isSupported,
            nowMs,
          }),
      }),
  }
}
