import { CONTRACT_MECHANISMS } from '#src/changes/classify/mechanisms-contract.ts';
import { DELIVERY_MECHANISMS } from '#src/changes/classify/mechanisms-delivery.ts';
import { KEEPING_MECHANISMS } from '#src/changes/classify/mechanisms-keeping.ts';
import { LIBRARY_MECHANISMS } from '#src/changes/classify/mechanisms-library.ts';
import { LOGIC_MECHANISMS } from '#src/changes/classify/mechanisms-logic.ts';
import { PLATFORM_MECHANISMS } from '#src/changes/classify/mechanisms-platform.ts';
import { SETTING_MECHANISMS } from '#src/changes/classify/mechanisms-settings.ts';
import { WORK_MECHANISMS } from '#src/changes/classify/mechanisms-work.ts';
import type { DelayedOnset, SymptomWeights } from '#src/changes/classify/symptoms.ts';

/** A way in which a change alters what a program does. */
export type Mechanism = {
  /** Plain words, to stand behind "this change …". */
  says: string;
  /** What such a change produces when it goes wrong. */
  symptoms: SymptomWeights;
  /** Why its harm may come late; empty where harm comes at once or never. */
  delayed: readonly DelayedOnset[];
  /** How readily such a change turns out to be a fault, 0..1: a removed guard more than an added one. */
  risk: number;
  kind: 'code' | 'configuration' | 'dependency' | 'data';
};

const ALL = {
  ...LOGIC_MECHANISMS,
  ...CONTRACT_MECHANISMS,
  ...WORK_MECHANISMS,
  ...KEEPING_MECHANISMS,
  ...SETTING_MECHANISMS,
  ...PLATFORM_MECHANISMS,
  ...DELIVERY_MECHANISMS,
  ...LIBRARY_MECHANISMS,
} as const;

export type MechanismId = keyof typeof ALL;

/** What is known of each mechanism; the sources stand beside the tables. */
export const MECHANISMS: Readonly<Record<MechanismId, Mechanism>> = ALL;
