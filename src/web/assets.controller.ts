/** Serves the stylesheet, the script and the icon of the pages. */
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Needs } from '../platform/access.ts';
import { NotFoundError } from '../platform/errors.ts';
import { Assets } from './assets.ts';

@Controller('assets')
@Needs('nobody')
export class AssetsController {
  constructor(@Inject(Assets) private readonly assets: Assets) {}

  /** GET /assets/{name}: kept for a year when asked for by its content's version, else asked again each time. */
  @Get(':name')
  read(
    @Param('name') name: string,
    @Query('v') version: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const asset = this.assets.find(name);
    if (asset === undefined) throw new NotFoundError(`There is no asset named ${name}.`);
    response.set({
      'Content-Type': asset.type,
      'Cache-Control': version === asset.version ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: `"${asset.version}"`,
    });
    if (request.fresh) response.status(304).end();
    else response.send(asset.content);
  }
}
