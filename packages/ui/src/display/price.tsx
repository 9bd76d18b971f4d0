import type { JSX } from 'react'
import { fenParts, spokenFen } from '../format.ts'
import { useKitT, useLanguage } from '../i18n.ts'
import './price.css'

export type PriceProps = {
  fen: number
  /** The price before, struck through, when it was higher. */
  wasFen?: number | undefined
  size?: 's' | 'm' | 'l' | 'xl' | undefined
  /** accent: a price to buy at · plain: a sum in a list or table. */
  tone?: 'accent' | 'plain' | undefined
  /** The cheapest of several ("and up"). */
  from?: boolean | undefined
}

/** Money from integer fen: small symbol, large yuan, small fen; read aloud as an amount. */
export function Price(props: PriceProps): JSX.Element {
  const { fen, wasFen, size = 'm', tone = 'accent', from } = props
  const t = useKitT()
  const [language] = useLanguage()
  const parts = fenParts(fen, language)
  const hasWas = wasFen !== undefined && wasFen > fen
  return (
    <span className="k-price" data-size={size} data-tone={tone}>
      {hasWas && <span className="k-sr">{t('price.now')} </span>}
      <span className="k-sr">{spokenFen(fen, language)}</span>
      <span className="k-price-now" aria-hidden="true">
        {parts.sign}
        <small>{parts.symbol}</small>
        {parts.whole}
        <small>{parts.fraction}</small>
      </span>
      {from && <span className="k-price-from">{t('price.from')}</span>}
      {hasWas && <WasPrice fen={wasFen} />}
    </span>
  )
}

function WasPrice({ fen }: { fen: number }): JSX.Element {
  const t = useKitT()
  const [language] = useLanguage()
  const { symbol, whole, fraction } = fenParts(fen, language)
  return (
    <s className="k-price-was">
      <span className="k-sr">
        {t('price.was')} {spokenFen(fen, language)}
      </span>
      <span aria-hidden="true">{symbol + whole + fraction}</span>
    </s>
  )
}
