import type { Product } from '@kaibo/contract/catalog'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { type ReactNode, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useWorkplace } from '../account/workplace.tsx'
import { fileIdsOf } from '../pictures/model.ts'
import { PicturesField } from '../pictures/pictures-field.tsx'
import { usePictures } from '../pictures/use-pictures.ts'
import {
  checkForm,
  emptyForm,
  formOf,
  lengthMax,
  type ProductForm,
  pictureCountMax,
} from './form-model.ts'
import { SkuTable } from './sku-table.tsx'
import { SpecEditor } from './spec-editor.tsx'
import { type SkuMatrix, withSpecs } from './spec-model.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useSaveProduct } from './use-save-product.ts'

/** The form of a product, new or not: texts, pictures, specs, and a price for each SKU. */
export function ProductFormView({ product }: { product: Product | null }) {
  const t = useT()
  const [, go] = useLocation()
  const { can } = useWorkplace()
  const [form, setForm] = useState<ProductForm>(() =>
    product ? formOf(product, newId) : emptyForm(newId),
  )
  const [wasRefused, setRefused] = useState(false)
  const [isTouched, setTouched] = useState(false)
  const pictures = usePictures(product?.pictureUrls ?? [], pictureCountMax)
  const element = useRef<HTMLFormElement>(null)
  const checked = checkForm(form, fileIdsOf(pictures.list))
  const problems = wasRefused && 'problems' in checked ? checked.problems : {}
  const save = useSaveProduct(product, () => go('/products'))
  useLeaveGuard(isTouched && !save.isDone)

  const change = (fields: Partial<ProductForm>) => {
    setForm({ ...form, ...fields })
    setTouched(true)
  }
  const changeMatrix = (matrix: SkuMatrix) => change({ matrix })
  const problem = (field: string) => {
    const code = problems[field]
    return code && t(`product.problem.${code}`)
  }
  const submit = (andShelve: 'onShelf' | 'asIs') => {
    if (pictures.isBusy) return toast.show(t('pictures.wait'))
    if ('body' in checked) return save.run({ body: checked.body, andShelve })
    setRefused(true)
    toast.error(t('product.problems', { count: Object.keys(checked.problems).length }))
    requestAnimationFrame(() => showFirstProblem(element.current))
  }
  return (
    <form
      ref={element}
      className="product-form"
      onSubmit={event => {
        event.preventDefault()
        submit('asIs')
      }}
    >
      <fieldset className="product-fields" disabled={!can('catalog.manage')}>
        <Section title={t('product.basics')}>
          <TextFields form={form} onChange={change} error={problem('title')} />
          <PicturesField
            label={t('product.pictures')}
            hint={t('product.picturesHint', { count: pictureCountMax })}
            pictures={pictures}
            error={problem('pictures')}
          />
        </Section>
        <Section title={t('product.specs')} hint={t('product.specsHint')}>
          <SpecEditor
            specs={form.matrix.specs}
            onChange={specs => changeMatrix(withSpecs(form.matrix, specs, newId))}
            error={problem('specs')}
          />
          <SkuTable matrix={form.matrix} onChange={changeMatrix} problem={problem} />
        </Section>
      </fieldset>
      {can('catalog.manage') && (
        <FormFoot product={product} busy={save.busy} onSaveOnShelf={() => submit('onShelf')} />
      )}
    </form>
  )
}

type FormFootProps = {
  product: Product | null
  busy: boolean
  onSaveOnShelf: () => void
}

/** The form itself saves without touching the shelf. */
function FormFoot({ product, busy, onSaveOnShelf }: FormFootProps) {
  const t = useT()
  const isOnShelf = product?.state === 'on_shelf'
  return (
    <footer className="product-form-foot">
      <Button type="submit" tone={isOnShelf ? 'primary' : 'quiet'} busy={busy}>
        {t(product ? 'product.save' : 'product.saveDraft')}
      </Button>
      {!isOnShelf && (
        <Button tone="primary" busy={busy} onClick={onSaveOnShelf}>
          {t('product.saveOnShelf')}
        </Button>
      )}
    </footer>
  )
}

function Section(props: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="k-card section">
      <h2>{props.title}</h2>
      {props.hint && <p className="k-muted">{props.hint}</p>}
      {props.children}
    </section>
  )
}

type TextFieldsProps = {
  form: ProductForm
  onChange: (fields: Partial<ProductForm>) => void
  error: string | undefined
}

function TextFields({ form, onChange, error }: TextFieldsProps) {
  const t = useT()
  return (
    <>
      <TextField
        label={t('product.title')}
        value={form.title}
        maxLength={lengthMax.title}
        error={error}
        onChange={event => onChange({ title: event.target.value })}
      />
      <TextField
        label={t('product.subtitle')}
        optional
        value={form.subtitle}
        maxLength={lengthMax.subtitle}
        onChange={event => onChange({ subtitle: event.target.value })}
      />
      <TextareaField
        label={t('product.description')}
        optional
        rows={5}
        value={form.description}
        maxLength={lengthMax.description}
        onChange={event => onChange({ description: event.target.value })}
      />
    </>
  )
}

function showFirstProblem(form: HTMLFormElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], .k-field-error')
  wrong?.scrollIntoView({ block: 'center' })
  wrong?.focus()
}
