import {
  type CheckedText,
  triedTextMax,
  type WordScene,
  wordScenes,
} from '@kaibo/contract/show/wordlist'
import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField, TextareaField } from '@kaibo/ui/control/field.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { piecesOf } from './model.ts'
import type { WordListOf } from './use-words.ts'

type TryOutProps = { list: WordListOf; open: boolean; onClose: () => void }

const tones = { pass: 'success', mask: 'info', review: 'warning', block: 'danger' } as const

/** What would become of a text, with everything that was found in it; nothing is kept. */
export function TryOut({ list, open, onClose }: TryOutProps) {
  const t = useT()
  const [text, setText] = useState('')
  const [scene, setScene] = useState<WordScene>('chat')
  const [tried, setTried] = useState<{ text: string; checked: CheckedText } | null>(null)
  const run = useActionOf(
    (written: { text: string; scene: WordScene }) =>
      list.tryOut(written).then(checked => ({ text: written.text, checked })),
    { onDone: setTried },
  )
  return (
    <SideDrawer open={open} onClose={onClose} title={t('words.try')}>
      <form
        className="k-stack"
        onSubmit={event => {
          event.preventDefault()
          if (text.trim() !== '') run.run({ text, scene })
        }}
      >
        <TextareaField
          label={t('words.tryText')}
          hint={t('words.tryHint')}
          rows={4}
          maxLength={triedTextMax}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <SelectField
          label={t('words.tryScene')}
          value={scene}
          options={wordScenes.map(value => ({ value, label: t(`words.scene.${value}`) }))}
          onChange={({ target }) =>
            setScene(wordScenes.find(each => each === target.value) ?? 'chat')
          }
        />
        <Button type="submit" tone="primary" busy={run.busy} disabled={text.trim() === ''}>
          {t('words.check')}
        </Button>
      </form>
      <output className="words-tried" aria-live="polite">
        {tried && <Tried {...tried} />}
      </output>
    </SideDrawer>
  )
}

function Tried({ text, checked }: { text: string; checked: CheckedText }) {
  const t = useT()
  const { verdict, masked, hits } = checked
  return (
    <div className="k-stack">
      <p className="words-verdict">
        <Badge tone={tones[verdict]}>{t(`words.verdict.${verdict}`)}</Badge>
        <span className="k-muted">{t(`words.verdictHint.${verdict}`)}</span>
      </p>
      <p className="words-text">
        {piecesOf(text, hits).map(({ text: piece, from, hit }) =>
          hit ? (
            <mark key={from} data-tier={hit.tier}>
              {piece}
            </mark>
          ) : (
            piece
          ),
        )}
      </p>
      {verdict === 'mask' && (
        <p className="words-text">
          <span className="k-muted">{t('words.shownAs')}</span>
          {masked}
        </p>
      )}
      <ul className="words-hits">
        {hits.map(hit => (
          <li key={`${hit.from}-${hit.to}-${hit.list}-${hit.word}`}>
            <Badge tone={tones[hit.tier]}>{t(`words.tier.${hit.tier}`)}</Badge>
            <strong>{hit.word || text.slice(hit.from, hit.to)}</strong>
            <span className="k-muted">
              {t(`words.list.${hit.list}`)} · {t(`words.kind.${hit.kind}`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
