import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type FormEvent, useRef } from 'react'
import { Link } from 'wouter'
import './search.css'

const lengthMax = 60

type SearchBoxProps = {
  text: string
  onText: (text: string) => void
  onSearch: (text: string) => void
  onFocus: () => void
}

/** Where one types what one looks for. */
export function SearchBox({ text, onText, onSearch, onFocus }: SearchBoxProps) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    input.current?.blur()
    onSearch(text.trim())
  }
  return (
    <search className="search-box">
      <form onSubmit={submit}>
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          maxLength={lengthMax}
          aria-label={t('search.title')}
          placeholder={t('search.placeholder')}
          value={text}
          onFocus={onFocus}
          onChange={event => onText(event.target.value)}
        />
        {text !== '' && (
          <IconButton
            icon="close"
            label={t('search.clear')}
            onClick={() => {
              onText('')
              input.current?.focus()
            }}
          />
        )}
        <Button tone="primary" size="s" type="submit">
          {t('search.go')}
        </Button>
      </form>
    </search>
  )
}

/** Looks like the box and leads to it. */
export function SearchEntry() {
  const t = useT()
  return (
    <Link className="search-entry" href="/search">
      <Icon name="search" />
      <span>{t('search.placeholder')}</span>
    </Link>
  )
}
