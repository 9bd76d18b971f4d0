import './stock.css'
import { specText } from './model.ts'

type Named = { title: string; spec: Record<string, string>; pictureUrl?: string | null }

/** What a SKU is called: its product, and its specs below. */
export const SkuName = ({ sku }: { sku: Named }) => (
  <div className="sku">
    {sku.pictureUrl && <img className="thumb" src={sku.pictureUrl} alt="" loading="lazy" />}
    <div className="sku-name">
      <strong className="k-clamp">{sku.title}</strong>
      <small className="k-muted">{specText(sku.spec)}</small>
    </div>
  </div>
)
