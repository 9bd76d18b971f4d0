import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useNarrow } from '../../../components/use-narrow.ts'
import type { Follow } from '../use-save-product.ts'

type FormFootProps = {
  product: OwnProduct | null
  busy: boolean
  onPreview: () => void
  onFollow: (follow: Follow) => void
}

/** The form itself saves without touching the shelf. */
export function FormFoot({ product, busy, onPreview, onFollow }: FormFootProps) {
  const t = useT()
  const isNarrow = useNarrow()
  const state = product?.state ?? 'draft'
  const isOn = state === 'on_shelf' || state === 'in_review'
  return (
    <footer className="product-form-foot">
      {isNarrow ? (
        <IconButton icon="eye" label={t('product.preview')} onClick={onPreview} />
      ) : (
        <Button tone="plain" icon="eye" onClick={onPreview}>
          {t('product.preview')}
        </Button>
      )}
      <Button type="submit" tone={isOn ? 'primary' : 'quiet'} busy={busy}>
        {t(state === 'draft' ? 'product.saveDraft' : 'product.save')}
      </Button>
      {!isOn && (
        <Button tone="primary" busy={busy} onClick={() => onFollow('onShelf')}>
          {t('product.saveOnShelf')}
        </Button>
      )}
    </footer>
  )
}
