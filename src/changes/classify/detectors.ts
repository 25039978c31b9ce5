import { detectArithmetic } from '#src/changes/classify/detectors/arithmetic.ts';
import { detectCacheKeys } from '#src/changes/classify/detectors/cache-keys.ts';
import { detectCleanups } from '#src/changes/classify/detectors/cleanups.ts';
import { detectConditions } from '#src/changes/classify/detectors/conditions.ts';
import { detectContract } from '#src/changes/classify/detectors/contract.ts';
import { detectConversions } from '#src/changes/classify/detectors/conversions.ts';
import { detectDependencies } from '#src/changes/classify/detectors/dependencies.ts';
import { detectTheRest } from '#src/changes/classify/detectors/generic.ts';
import { detectGrowth } from '#src/changes/classify/detectors/growth.ts';
import { detectIdentity } from '#src/changes/classify/detectors/identity.ts';
import { detectLogging } from '#src/changes/classify/detectors/logging.ts';
import { detectLoops } from '#src/changes/classify/detectors/loops.ts';
import { detectParsers } from '#src/changes/classify/detectors/parsers.ts';
import { detectPerItem } from '#src/changes/classify/detectors/per-item.ts';
import { detectRegexes } from '#src/changes/classify/detectors/regexes.ts';
import { detectReleases } from '#src/changes/classify/detectors/releases.ts';
import { detectByRules } from '#src/changes/classify/detectors/rules.ts';
import { detectSchema } from '#src/changes/classify/detectors/schema.ts';
import { detectSettings } from '#src/changes/classify/detectors/settings.ts';
import { detectStructure } from '#src/changes/classify/detectors/structure.ts';
import { detectValues } from '#src/changes/classify/detectors/values.ts';
import type { Detector } from '#src/changes/classify/finding.ts';

/** All detectors. A new one is a file and a line here. */
export const DETECTORS: readonly Detector[] = [
  detectValues,
  detectSettings,
  detectByRules,
  detectCacheKeys,
  detectConditions,
  detectArithmetic,
  detectLoops,
  detectPerItem,
  detectReleases,
  detectConversions,
  detectCleanups,
  detectIdentity,
  detectParsers,
  detectGrowth,
  detectStructure,
  detectContract,
  detectRegexes,
  detectLogging,
  detectDependencies,
  detectSchema,
  detectTheRest,
];
