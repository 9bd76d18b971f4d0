import type { ComponentProps, JSX, ReactNode } from 'react'
import { classes } from '../classes.ts'
import { Icon, type IconName } from '../display/icon.tsx'
import { Spinner } from '../feedback/spinner.tsx'
import './button.css'

export type ButtonProps = ComponentProps<'button'> & {
  /** primary: the one action of a screen · quiet: the others · plain: in text · danger: destroys. */
  tone?: 'primary' | 'quiet' | 'plain' | 'danger' | undefined
  size?: 's' | 'm' | 'l' | undefined
  icon?: IconName | undefined
  /** Work is under way: shows a spinner and ignores presses, but keeps the focus. */
  busy?: boolean | undefined
  /** Fills the width of its container. */
  wide?: boolean | undefined
}

/** A push button; `type="button"` unless said otherwise, so it never submits by accident. */
export function Button(props: ButtonProps): JSX.Element {
  const { tone = 'quiet', size = 'm', icon, busy, wide, className, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={classes('k-button', className)}
      data-tone={tone}
      data-size={size}
      data-wide={wide || undefined}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? stopPress : rest.onClick}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

// A busy submit button must not submit the form a second time.
const stopPress: NonNullable<ButtonProps['onClick']> = event => event.preventDefault()

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: IconName
  /** What the button does, for screen readers and as a tooltip. */
  label: string
  /** plain: on a page · glass: over the picture · primary: filled. */
  tone?: 'plain' | 'glass' | 'primary' | undefined
  /** A badge in the corner, such as the number of things in the bag. */
  badge?: ReactNode
}

/** A round button with a picture only; 44 px wide at least. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon, label, tone = 'plain', badge, className, ...rest } = props
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classes('k-icon-button', className)}
      data-tone={tone}
    >
      <Icon name={icon} />
      {badge !== undefined && badge !== null && (
        <span className="k-icon-button-badge" aria-hidden="true">
          {badge}
        </span>
      )}
    </button>
  )
}
