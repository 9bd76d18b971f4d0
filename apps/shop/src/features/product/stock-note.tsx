import { useT } from '@kaibo/ui/i18n.ts'
import '../goods/goods.css'

const lowMax = 10

/** Says that little is left, and only when it is true. */
export function StockNote({ available }: { available: number }) {
  const t = useT()
  if (available <= 0 || available > lowMax) return null
  return <span className="stock-note">{t('product.onlyLeft', { count: available })}</span>
}
