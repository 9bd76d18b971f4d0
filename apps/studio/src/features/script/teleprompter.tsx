import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useRef, useState } from 'react'
import './script.css'
import { useRolling } from './use-rolling.ts'
import { scriptCharsMax, useScript } from './use-script.ts'

/** Steps of the size that the script is read at. */
const sizes = ['s', 'm', 'l'] as const
/** The keyboard scrolls what it can reach. */
const scrollStop = { tabIndex: 0 }

/** 提词器: what the host wants to say, large enough to read from a step away. */
export function Teleprompter({ liveId }: { liveId: string }) {
  const t = useT()
  const { text, write } = useScript(liveId)
  const [isWriting, setWriting] = useState(false)
  const [size, setSize] = useState(1)
  const box = useRef<HTMLElement>(null)
  const { isRolling, setRolling } = useRolling(box)
  const isEmpty = text.trim() === ''
  return (
    <section className="script desk-card" aria-label={t('script.title')}>
      <header className="script-head">
        <h2>{t('script.title')}</h2>
        {!isWriting && !isEmpty && (
          <>
            <Button
              size="s"
              aria-label={t('script.resize')}
              onClick={() => setSize((size + 1) % sizes.length)}
            >
              A
            </Button>
            <Button size="s" aria-pressed={isRolling} onClick={() => setRolling(!isRolling)}>
              {t(isRolling ? 'script.stop' : 'script.roll')}
            </Button>
          </>
        )}
        <Button size="s" onClick={() => setWriting(!isWriting)}>
          {t(isWriting ? 'script.done' : 'script.write')}
        </Button>
      </header>
      {isWriting ? (
        <textarea
          className="script-field"
          aria-label={t('script.title')}
          placeholder={t('script.example')}
          value={text}
          maxLength={scriptCharsMax}
          onChange={event => write(event.target.value)}
        />
      ) : (
        <section
          ref={box}
          className="script-text"
          aria-label={t('script.title')}
          data-size={sizes[size]}
          {...scrollStop}
        >
          {isEmpty ? <p className="k-muted">{t('script.empty')}</p> : <p>{text}</p>}
        </section>
      )}
      <small className="script-note">{t('script.local')}</small>
    </section>
  )
}
