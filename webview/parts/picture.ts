/** A canvas as a PNG, on a background of this colour; `undefined` where the browser gives no picture. */
export async function pictureOf(source: HTMLCanvasElement, background: string): Promise<Uint8Array | undefined> {
  const copy = document.createElement('canvas');
  copy.width = source.width;
  copy.height = source.height;
  const context = copy.getContext('2d')!;
  context.fillStyle = background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(source, 0, 0);
  const blob = await new Promise<Blob | null>((done) => copy.toBlob(done, 'image/png'));
  return blob === null ? undefined : new Uint8Array(await blob.arrayBuffer());
}
