import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { shrink } from '../../pictures/shrink.ts'
import type { SkuDraft } from '../spec-model.ts'

type VariantPictureProps = {
  name: string
  picture: SkuDraft['picture']
  onChange: (picture: SkuDraft['picture']) => void
}

/** The picture of one variant; without one, buyers see the product's. */
export function VariantPicture({ name, picture, onChange }: VariantPictureProps) {
  const t = useT()
  const upload = useActionOf(
    async (file: File) => {
      const smaller = await shrink(file)
      const bytes = new Uint8Array(await smaller.arrayBuffer())
      return api.files.upload({ bytes, contentType: smaller.type })
    },
    { onDone: ({ id, url }) => onChange({ fileId: id, url }) },
  )
  return (
    <span className="variant-picture">
      <label title={t('product.pictureOf', { name })}>
        {upload.busy && <Spinner />}
        {!upload.busy && picture && <img src={picture.url} alt="" />}
        {!upload.busy && !picture && <Icon name="plus" />}
        <input
          type="file"
          className="k-sr"
          aria-label={t('product.pictureOf', { name })}
          accept="image/jpeg,image/png,image/webp"
          onChange={event => {
            const [file] = event.target.files ?? []
            if (file) upload.run(file)
            event.target.value = ''
          }}
        />
      </label>
      {picture && (
        <button
          type="button"
          aria-label={t('product.pictureRemoveOf', { name })}
          onClick={() => onChange(null)}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  )
}
