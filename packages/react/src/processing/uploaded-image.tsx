'use client';
import { type ComponentProps, type ReactNode, useMemo, useState } from 'react';
import { drawnPlaceholder } from './drawn-placeholder.ts';

/** A picture that the step `image` has made. */
export interface UploadedVariant {
  readonly url: string;
  /** MIME type. */
  readonly type: string;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
}

export interface UploadedImageProps extends Omit<ComponentProps<'img'>, 'src' | 'srcSet' | 'placeholder'> {
  /** The files of the step: the browser takes the smallest one that is large enough, in the best format it knows. */
  readonly files: readonly UploadedVariant[];
  /** What the picture shows, for those who do not see it; `''` where it is an ornament. */
  readonly alt: string;
  /** ThumbHash in base64, drawn until the picture is there. */
  readonly placeholder?: string;
}

/** The smallest format first; a browser takes the first one that it knows. */
const FORMATS = ['image/avif', 'image/webp', 'image/jpeg', 'image/png'];

/**
 * A picture that was uploaded and processed. Its place has the right shape from the start, and is blurred colour until it is
 * loaded.
 * @example <UploadedImage files={image.files} placeholder={image.result.placeholder} alt="The harbour" sizes="50vw" />
 */
export function UploadedImage({
  files,
  alt,
  placeholder,
  sizes,
  style,
  onLoad,
  ...rest
}: UploadedImageProps): ReactNode {
  const [isLoaded, setIsLoaded] = useState(false);
  const background = useMemo(() => (placeholder ? drawnPlaceholder(placeholder) : undefined), [placeholder]);
  const types = FORMATS.filter((type) => files.some((file) => file.type === type));
  const last = types.at(-1);
  const fallback = files.filter(({ type }) => type === last).sort(byWidth);
  const widest = fallback.at(-1);
  return (
    <picture>
      {types.slice(0, -1).map((type) => (
        <source key={type} type={type} srcSet={srcSetOf(files.filter((file) => file.type === type))} sizes={sizes} />
      ))}
      <img
        loading="lazy"
        decoding="async"
        {...rest}
        alt={alt}
        src={widest?.url}
        srcSet={srcSetOf(fallback)}
        sizes={sizes}
        width={rest.width ?? widest?.width}
        height={rest.height ?? widest?.height}
        style={{ ...(background && !isLoaded && { background: `center / cover url(${background})` }), ...style }}
        onLoad={(event) => {
          setIsLoaded(true);
          onLoad?.(event);
        }}
      />
    </picture>
  );
}

const byWidth = (a: UploadedVariant, b: UploadedVariant) => (a.width ?? 0) - (b.width ?? 0);

const srcSetOf = (files: readonly UploadedVariant[]) =>
  [...files]
    .sort(byWidth)
    .map(({ url, width }) => (width === undefined ? url : `${url} ${width}w`))
    .join(', ');
