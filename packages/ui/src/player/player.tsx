import {
  type JSX,
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { Button } from '../control/button.tsx'
import { Icon } from '../display/icon.tsx'
import { Spinner } from '../feedback/spinner.tsx'
import { useKitT } from '../i18n.ts'
import { openStream } from './open-stream.ts'
import './player.css'
import { PlayerEngine, type PlayerState, type PlayerView } from './player-engine.ts'
import { detectSupport, type PlayerSources, type Quality } from './sources.ts'

export type PlayerHandle = {
  mute(): void
  /** Call it inside a tap or key press. */
  unmute(): Promise<void>
  /** Try again now. */
  retry(): void
  /** How the picture comes and how late; the offset is the server's clock minus this device's. */
  view(clockOffsetMs: number): PlayerView | null
}

export type PlayerProps = {
  sources: PlayerSources
  /** Shown until the first frame. */
  poster?: string | undefined
  /** Starts without sound, as browsers demand; true unless said otherwise. */
  muted?: boolean
  /** auto unless the viewer chose. */
  quality?: Quality
  /** The server says that the host is away: the connection stands and waits. */
  hostAway?: boolean
  /** The live is over: the stream is let go, the poster comes back. */
  ended?: boolean
  /** cover fills the screen (portrait) · contain shows all, over a blurred poster (landscape). */
  fit?: 'cover' | 'contain'
  /** What the picture is, for screen readers. */
  label?: string
  /** Draws no messages or buttons: the page does it from `onState` and `onMuted`. */
  bare?: boolean
  onState?: (state: PlayerState) => void
  onMuted?: (muted: boolean) => void
  /** The quality that was wished for is no more; from now on it is auto. */
  onUnchosen?: () => void
  /** The size of the picture in its own pixels, once known and whenever it changes. */
  onPicture?: (size: { width: number; height: number }) => void
  ref?: Ref<PlayerHandle>
  /** Drawn over the picture. */
  children?: ReactNode
}

/**
 * A live picture. The one `<video>` stays as long as the Player does: new props, another language
 * or a sheet on top never restart the stream; only other addresses do.
 */
export function Player(props: PlayerProps): JSX.Element {
  const { poster, muted = true, fit = 'cover', label, bare } = props
  const t = useKitT()
  const { video, state, handle } = useEngine(props)
  const [isMuted, setIsMuted] = useState(muted)
  useImperativeHandle(props.ref, () => handle)
  return (
    <div className="k-player" data-state={state} data-fit={fit}>
      {poster && fit === 'contain' && <img className="k-player-blur" src={poster} alt="" />}
      <video
        ref={video}
        className="k-player-video"
        poster={poster}
        muted={muted}
        playsInline
        disablePictureInPicture
        aria-label={label ?? t('player.video')}
        onResize={event => {
          const { videoWidth: width, videoHeight: height } = event.currentTarget
          if (width > 0) props.onPicture?.({ width, height })
        }}
        onVolumeChange={event => {
          setIsMuted(event.currentTarget.muted)
          props.onMuted?.(event.currentTarget.muted)
        }}
      />
      {!bare && (
        <PlayerMessage
          state={state}
          isMuted={isMuted}
          onWake={handle.retry}
          onSound={handle.unmute}
        />
      )}
      {props.children}
    </div>
  )
}

/** Ties an engine to the `<video>` for as long as that stands. */
function useEngine(props: PlayerProps) {
  const { sources, quality = 'auto', hostAway = false, ended = false, onState } = props
  const video = useRef<HTMLVideoElement>(null)
  const engine = useRef<PlayerEngine<HTMLVideoElement>>(null)
  const [state, setState] = useState<PlayerState>('connecting')
  const tellState = useEffectEvent((next: PlayerState) => {
    setState(next)
    onState?.(next)
  })

  const tellUnchosen = useEffectEvent(() => props.onUnchosen?.())

  useEffect(() => {
    if (!video.current) return
    const running = new PlayerEngine({
      video: video.current,
      support: detectSupport(),
      open: openStream,
      onState: next => tellState(next),
      onUnchosen: () => tellUnchosen(),
    })
    engine.current = running
    const wake = () => document.visibilityState === 'visible' && running.wake()
    document.addEventListener('visibilitychange', wake)
    window.addEventListener('online', wake)
    return () => {
      document.removeEventListener('visibilitychange', wake)
      window.removeEventListener('online', wake)
      running.destroy()
    }
  }, [])

  useEffect(() => {
    if (ended) engine.current?.end()
    else engine.current?.load(sources, quality)
  }, [sources, quality, ended])

  useEffect(() => {
    engine.current?.setHostAway(hostAway)
  }, [hostAway])

  const handle: PlayerHandle = {
    mute: () => engine.current?.mute(),
    unmute: async () => engine.current?.unmute(),
    retry: () => engine.current?.wake(),
    view: clockOffsetMs => engine.current?.view(clockOffsetMs) ?? null,
  }
  return { video, state, handle }
}

function PlayerMessage(props: {
  state: PlayerState
  isMuted: boolean
  onWake: () => void
  onSound: () => void
}): JSX.Element {
  const { state, isMuted, onWake, onSound } = props
  const t = useKitT()
  return (
    <>
      <div className="k-player-message" role="status">
        {state !== 'playing' && state !== 'paused' && (
          <p className="k-player-note">
            {state === 'away' || state === 'ended' ? <Icon name="live" /> : <Spinner />}
            {t(`player.${state}`)}
          </p>
        )}
      </div>
      {state === 'paused' && (
        <button
          type="button"
          className="k-player-play"
          aria-label={t('player.paused')}
          onClick={onWake}
        >
          <Icon name="play" />
        </button>
      )}
      {state === 'playing' && isMuted && (
        <Button className="k-player-sound" icon="muted" onClick={onSound}>
          {t('player.tapForSound')}
        </Button>
      )}
    </>
  )
}
