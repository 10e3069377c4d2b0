import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCells } from "./cells.ts";
import { cellHealth } from "./health.ts";
import { openWorld, type World } from "./world.test-support.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("a cell's health", () => {
  it("is good when the application, the audit writer and the sealer can work", async () => {
    expect(await cellHealth(1)).toEqual({
      cell: 1,
      region: "us-east-1",
      ok: true,
      why: null,
      waitingEvents: 0,
    });
  });

  it("is bad for a database of another cell, and for one that is not there, and says why", async () => {
    const nowhere = "postgres://aic_app@127.0.0.1:1/none";
    const open = await openCells([
      { code: 2, region: "eu-west-1", urls: world.cell.urls },
      {
        code: 3,
        region: "eu-west-1",
        urls: { app: nowhere, audit: nowhere, sealer: nowhere, jobs: nowhere },
      },
    ]);
    expect(await cellHealth(2)).toMatchObject({
      ok: false,
      why: "the database says it is cell 1 of us-east-1",
    });
    expect(await cellHealth(3)).toMatchObject({
      ok: false,
      why: expect.stringContaining("ECONNREFUSED"),
    });
    await open.close();
  });

  it("belongs to one set of cells per process: a cell is not opened twice", async () => {
    await expect(openCells([{ ...world.cell }])).rejects.toThrow("open already");
  });
});
