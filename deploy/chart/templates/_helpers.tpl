{{- define "sightline.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end -}}
{{- end -}}

{{- define "sightline.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "sightline.labels" -}}
{{ include "sightline.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Where versions are kept: SECRET, SERVER, URL or EMBEDDED. */}}
{{- define "sightline.database" -}}
{{- with .Values.database -}}
{{- $stated := list -}}
{{- if .existingSecret }}{{ $stated = append $stated "SECRET" }}{{ end -}}
{{- if .server }}{{ $stated = append $stated "SERVER" }}{{ end -}}
{{- if .url }}{{ $stated = append $stated "URL" }}{{ end -}}
{{- if gt (len $stated) 1 }}{{ fail "database: state one of existingSecret, server and url" }}{{ end -}}
{{- first (append $stated "EMBEDDED") -}}
{{- end -}}
{{- end -}}

{{/* Values that contradict each other, refused before anything is applied. */}}
{{- define "sightline.check" -}}
{{- $embedded := eq (include "sightline.database" .) "EMBEDDED" -}}
{{- if and $embedded (gt (int .Values.replicas) 1) }}{{ fail "replicas: more than one needs a Postgres server (database.existingSecret, database.server or database.url)" }}{{ end -}}
{{- with .Values.auth -}}
{{- if and (eq .mode "none") (not .insecureOpen) }}{{ fail "auth.mode none lets everybody who reaches the service read, write and delete: state auth.insecureOpen=true if that is meant" }}{{ end -}}
{{- if and (contains "oidc" .mode) (not (and .oidc.issuer .oidc.audience)) }}{{ fail "auth.oidc: issuer and audience are both needed" }}{{ end -}}
{{- end -}}
{{- end -}}

{{/* The heap of each analysis thread, in MiB: what 512 for the main thread and 512 outside of heaps leave, in equal parts. */}}
{{- define "sightline.heap" -}}
{{- $threads := add (int .Values.questionThreads) 1 -}}
{{- $heap := div (sub (int .Values.memoryMiB) 1024) $threads -}}
{{- if lt (int $heap) 256 }}{{ fail (printf "memoryMiB: %d leaves %d MiB for each of %d analysis threads; at least 256 are needed" (int .Values.memoryMiB) $heap $threads) }}{{ end -}}
{{- $heap -}}
{{- end -}}

{{/* Names under which the Service is called inside of the cluster, and those that were stated. */}}
{{- define "sightline.hosts" -}}
{{- $name := include "sightline.name" . -}}
{{- $own := list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) (printf "%s.%s.svc.cluster.local" $name .Release.Namespace) -}}
{{- concat $own .Values.allowedHosts | uniq | join "," -}}
{{- end -}}

{{/* The port of the Postgres server, as far as it can be known. */}}
{{- define "sightline.databasePort" -}}
{{- $database := include "sightline.database" . -}}
{{- with .Values.database -}}
{{- if eq $database "SERVER" }}{{ .server.port | default 5432 }}
{{- else if eq $database "URL" }}{{ regexFind ":[0-9]+$" (urlParse .url).host | trimPrefix ":" | default "5432" }}
{{- else }}{{ .secretPort }}
{{- end -}}
{{- end -}}
{{- end -}}
