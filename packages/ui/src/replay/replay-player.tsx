import {
  type JSX,
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
} from 'react'
import '../player/player.css'
import { createVodEngine, type VodEngine, type VodState } from './vod-engine.ts'

export type ReplayHandle = {
  /** Call these inside a tap or key press, or the browser may refuse. */
  play(): void
  pause(): void
  seek(ms: number): void
  /** Opens the same address again where it broke. */
  retry(): void
}

export type ReplayPlayerProps = {
  /** A finished HLS playlist; null while it is not known. Another one goes on at the same moment. */
  url: string | null
  /** Where the first one begins. */
  startMs?: number
  /** Shows the first picture and waits for a hand. */
  startsPaused?: boolean
  /** 1 = as fast as it was. */
  rate?: number
  poster?: string | undefined
  fit?: 'cover' | 'contain'
  label: string
  onState: (state: VodState) => void
  /** Several times a second while it plays, and after every jump. */
  onTime: (ms: number) => void
  muted: boolean
  /** The browser, or somebody, turned the sound on or off. */
  onMuted: (isMuted: boolean) => void
  /** How far ahead of the moment it can play without the network. */
  onBuffered?: (ms: number) => void
  onPicture?: (size: { width: number; height: number }) => void
  ref?: Ref<ReplayHandle>
  /** Drawn over the picture. */
  children?: ReactNode
}

/** The picture of a replay, without controls. Its `<video>` stays as long as the player does. */
export function ReplayPlayer(props: ReplayPlayerProps): JSX.Element {
  const { poster, fit = 'cover', label, rate = 1 } = props
  const { video, retry } = useVod(props)
  useEffect(() => {
    const element = video.current
    if (!element) return
    // A new source would begin at its default again.
    element.defaultPlaybackRate = rate
    element.playbackRate = rate
  }, [rate, video])
  useImperativeHandle(props.ref, () => ({ ...handleOf(video.current), retry }))
  return (
    <div className="k-player" data-fit={fit}>
      {poster && fit === 'contain' && <img className="k-player-blur" src={poster} alt="" />}
      <video
        ref={video}
        className="k-player-video"
        poster={poster}
        muted={props.muted}
        playsInline
        disablePictureInPicture
        aria-label={label}
        onTimeUpdate={({ currentTarget }) => props.onTime(currentTarget.currentTime * 1_000)}
        onSeeking={({ currentTarget }) => props.onTime(currentTarget.currentTime * 1_000)}
        onVolumeChange={({ currentTarget }) => props.onMuted(currentTarget.muted)}
        onProgress={({ currentTarget }) => props.onBuffered?.(bufferedMs(currentTarget))}
        onResize={({ currentTarget: { videoWidth: width, videoHeight: height } }) => {
          if (width > 0) props.onPicture?.({ width, height })
        }}
      />
      {props.children}
    </div>
  )
}

/** Ties an engine to the `<video>` for as long as that stands. */
function useVod({ url, startMs = 0, startsPaused = false, onState }: ReplayPlayerProps) {
  const video = useRef<HTMLVideoElement>(null)
  const engine = useRef<VodEngine>(null)
  const tell = useEffectEvent(onState)
  const load = useEffectEvent((next: string) => {
    const at = video.current?.currentTime ?? 0
    engine.current?.load(next, { fromSec: at > 0 ? at : startMs / 1_000, startsPaused })
  })
  useEffect(() => {
    if (!video.current) return
    const running = createVodEngine({ video: video.current, onState: state => tell(state) })
    engine.current = running
    return () => running.destroy()
  }, [])
  useEffect(() => {
    if (url) load(url)
  }, [url])
  const retry = () => {
    const fromSec = video.current?.currentTime ?? 0
    if (url) engine.current?.load(url, { fromSec, startsPaused: false })
  }
  return { video, retry }
}

const handleOf = (video: HTMLVideoElement | null): Omit<ReplayHandle, 'retry'> => ({
  play: () => void video?.play().catch(() => {}),
  pause: () => video?.pause(),
  seek(ms) {
    if (video) video.currentTime = ms / 1_000
  },
})

function bufferedMs({ buffered, currentTime }: HTMLVideoElement): number {
  for (let place = 0; place < buffered.length; place++) {
    if (buffered.start(place) <= currentTime + 0.5 && buffered.end(place) >= currentTime)
      return buffered.end(place) * 1_000
  }
  return currentTime * 1_000
}
