import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { SeekBar } from '@kaibo/ui/replay/seek-bar.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { mayFly } from '../danmaku/setting.ts'
import { ShareButton } from '../share/share-button.tsx'
import { type Chapter, rates } from './model.ts'
import { isMoving, type Playback } from './use-playback.ts'
import { useWords } from './words/use-words.ts'

type ControlsProps = {
  liveId: string
  playback: Playback
  durationMs: number
  chapters: readonly Chapter[]
  bagCount: number
  danmaku: readonly [isOn: boolean, set: (isOn: boolean) => void]
  onOpen: (what: 'bag' | 'chapters') => void
}

/** The time line, and what the hand does. */
export function Controls(props: ControlsProps) {
  const { liveId, playback, durationMs, chapters, bagCount, onOpen } = props
  const t = useT()
  const words = useWords()
  const { duration } = useFormat()
  const [isFlying, setFlying] = props.danmaku
  return (
    <div className="replay-controls">
      <SeekBar
        label={words('seek')}
        durationMs={durationMs}
        atMs={playback.atMs}
        bufferedMs={playback.bufferedMs}
        chapters={chapters}
        text={duration}
        onSeek={playback.seek}
      />
      <div className="replay-buttons">
        <PlayButton playback={playback} />
        <span className="replay-time k-num" aria-hidden="true">
          {duration(Math.min(playback.atMs, durationMs))}
          <small>/ {duration(durationMs)}</small>
        </span>
        <Speed rate={playback.rate} onRate={playback.setRate} />
        {mayFly() && (
          <IconButton
            icon="chat"
            tone="glass"
            label={words('danmaku')}
            aria-pressed={isFlying}
            onClick={() => setFlying(!isFlying)}
          />
        )}
        <span className="replay-chapters-button">
          <IconButton
            icon="clock"
            tone="glass"
            label={words('chaptersCount', { count: chapters.length })}
            onClick={() => onOpen('chapters')}
          />
        </span>
        <ShareButton liveId={liveId} />
        <IconButton
          icon="bag"
          className="room-bag"
          tone="glass"
          label={t('bag.open', { count: bagCount })}
          badge={bagCount || undefined}
          onClick={() => onOpen('bag')}
        />
      </div>
    </div>
  )
}

/** One triangle or two bars; drawn here, for the kit's icons come with the first visit. */
function PlayButton({ playback: { state, toggle } }: Pick<ControlsProps, 'playback'>) {
  const words = useWords()
  const moves = isMoving(state)
  const label = words(moves ? 'pause' : 'play')
  return (
    <button type="button" className="replay-play" aria-label={label} title={label} onClick={toggle}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={moves ? 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z' : 'M8 5.2l10.6 6.8L8 18.8z'} />
      </svg>
    </button>
  )
}

function Speed({ rate, onRate }: { rate: number; onRate: (rate: number) => void }) {
  const words = useWords()
  return (
    <label className="replay-speed">
      <span aria-hidden="true">{rate}×</span>
      <select
        aria-label={words('speed')}
        value={rate}
        onChange={event => onRate(Number(event.target.value))}
      >
        {rates.map(each => (
          <option key={each} value={each}>
            {words('speedOf', { rate: each })}
          </option>
        ))}
      </select>
    </label>
  )
}
