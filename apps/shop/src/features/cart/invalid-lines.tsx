import type { CartLine } from '@kaibo/contract/trade/cart'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { specText } from '../product/model.ts'

type InvalidLinesProps = { lines: readonly CartLine[]; onRemove: (skuIds: string[]) => void }

/** What cannot be ordered any more, each with its reason; cleared at once or one by one. */
export function InvalidLines({ lines, onRemove }: InvalidLinesProps) {
  const t = useT()
  if (lines.length === 0) return null
  return (
    <section className="k-card cart-shop cart-invalid" aria-label={t('cart.invalid')}>
      <header>
        <h2>{t('cart.invalidCount', { count: lines.length })}</h2>
        <Button size="s" tone="plain" onClick={() => onRemove(lines.map(line => line.skuId))}>
          {t('cart.clear')}
        </Button>
      </header>
      <ul>
        {lines.map(line => (
          <li key={line.skuId} className="cart-gone">
            <span className="cart-picture">
              {line.pictureUrl && <img src={line.pictureUrl} alt="" loading="lazy" />}
            </span>
            <div className="cart-text">
              <span className="cart-title k-clamp">{line.title}</span>
              <span className="cart-gone-spec k-clamp">{specText(line.spec)}</span>
              <span>
                <Badge>{t(`cart.problem.${line.problem ?? 'off_shelf'}`, { count: 0 })}</Badge>
              </span>
            </div>
            <IconButton
              icon="trash"
              label={t('cart.removeOf', { title: line.title })}
              onClick={() => onRemove([line.skuId])}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
