//! An estate, with what has to be found out about it. The truth is written from
//! what is put into the objects, here and nowhere else.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::server::World;

/// Texts that stand in objects and must stand nowhere else.
pub(crate) const SECRETS: [&str; 9] = [
    "s3cret-of-a-secret",
    "s3cret-of-a-variable",
    "s3cret-of-a-map",
    "s3cret-of-an-argument",
    "s3cret-of-an-applied-object",
    "s3cret-of-a-probe",
    "s3cret-of-an-annotation",
    "s3cret-of-a-hook",
    "s3cret-of-a-state",
];

/// What is to be found: type, name and properties, by id.
pub(crate) type Truth = BTreeMap<String, (&'static str, String, Map<String, Value>)>;

/// When everything was made.
const MADE: &str = "2026-09-01T08:00:00Z";

/// How many pods each of the hundred deployments has.
const COPIES: usize = 11;

struct Seed {
    scope: String,
    world: World,
    truth: Truth,
}

/// An estate of 1,200 running pods and some of everything else.
pub(crate) fn estate(scope: &str) -> (World, Truth) {
    let mut seed = Seed { scope: scope.to_owned(), world: World::empty(), truth: Truth::new() };
    seed.truth.insert(
        format!("k8s:{scope}"),
        (
            "ContainerOrchestration",
            scope.trim_start_matches("cluster/").to_owned(),
            members(
                json!({"version": "1.31.4", "accessControl": {"model": "RBAC", "anonymousAccess": false}}),
            ),
        ),
    );
    seed.namespaces();
    seed.accounts();
    seed.deployments();
    seed.other_controllers();
    seed.pods_alone();
    seed.network();
    seed.settings();
    seed.storage();
    seed.machines();
    seed.admission();
    (seed.world, seed.truth)
}

fn members(value: Value) -> Map<String, Value> {
    let Value::Object(members) = value else { panic!("no object: {value}") };
    members
}

/// A template or pod of one container, which `i` gives its properties.
struct Content {
    i: usize,
    app: String,
    account: &'static str,
}

impl Content {
    fn digest(&self) -> String {
        format!("sha256:{:064x}", 7 + self.i % 5)
    }

    fn repository(&self) -> String {
        format!("shop/{}", self.app)
    }

    fn tag(&self) -> String {
        format!("1.{}", self.i % 5)
    }

    /// The specification; a pod that runs has what admission adds.
    fn spec(&self, admitted: bool) -> Value {
        let i = self.i;
        let mut container = json!({
            "name": "main",
            "image": format!("registry.example.com/{}:{}", self.repository(), self.tag()),
            "imagePullPolicy": "IfNotPresent",
            "command": ["/run", "--key=s3cret-of-an-argument"],
            "env": [{"name": "MODE", "value": "fast"}],
            "securityContext": {"readOnlyRootFilesystem": i.is_multiple_of(3), "runAsNonRoot": i.is_multiple_of(2)},
            "volumeMounts": [],
        });
        if i.is_multiple_of(7) {
            container["securityContext"]["privileged"] = json!(true);
        }
        if !i.is_multiple_of(5) {
            container["resources"] =
                json!({"limits": {"cpu": "500m", "memory": "64Mi"}, "requests": {"cpu": "250m"}});
        }
        if i % 2 == 1 {
            container["livenessProbe"] = json!({"httpGet": {"port": 80,
                "httpHeaders": [{"name": "X-Key", "value": "s3cret-of-a-probe"}]}});
        }
        if i.is_multiple_of(11) {
            let entry = json!({"name": "DB_PASSWORD", "value": "s3cret-of-a-variable"});
            container["env"].as_array_mut().unwrap().push(entry);
        }
        let mut volumes = json!([]);
        if admitted && self.has_token() {
            container["volumeMounts"] = json!([{"name": "kube-api-access-x7x2p", "readOnly": true,
                "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}]);
            volumes = json!([{"name": "kube-api-access-x7x2p", "projected": {"sources":
                [{"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}}]}}]);
        }
        json!({"serviceAccountName": self.account, "containers": [container], "volumes": volumes})
    }

    fn has_token(&self) -> bool {
        self.account != "quiet"
    }

    /// What is to be found of the container and its images.
    fn truth(&self, seed: &mut Seed, namespace: &str, owner: (&str, &str), running: bool) -> String {
        let i = self.i;
        let owner_id = seed.id(namespace, owner.0, owner.1);
        let reference = format!("registry.example.com/{}:{}", self.repository(), self.tag());
        let parts = json!({"reference": reference, "registry": "registry.example.com",
            "repository": self.repository(), "tag": self.tag(), "digest": null});
        let mut named = parts.clone();
        named["pullPolicy"] = json!("IfNotPresent");
        let mut kept = parts;
        let mut image = format!("image:{reference}");
        if running && !i.is_multiple_of(4) {
            kept["digest"] = json!(self.digest());
            kept["reference"] = json!(format!("{reference}@{}", self.digest()));
            image = format!("{image}@{}", self.digest());
        }
        let name = image.trim_start_matches("image:").to_owned();
        seed.truth.insert(image.clone(), ("ContainerImage", name, members(json!({"image": kept}))));
        let limited = !i.is_multiple_of(5);
        let or_null = |value: Value| if limited { value } else { Value::Null };
        let suspects: &[&str] = if i.is_multiple_of(11) { &["DB_PASSWORD"] } else { &[] };
        let properties = json!({
            "labels": {"app": self.app},
            "parentId": owner_id,
            "identityIds": [seed.id(namespace, "ServiceAccount", self.account)],
            "containerRole": "main",
            "image": named,
            "imageId": image,
            "isolation": {
                "privileged": i.is_multiple_of(7),
                "runAsNonRoot": i.is_multiple_of(2),
                "runAsUser": null,
                "readOnlyRootFilesystem": i.is_multiple_of(3),
                "allowPrivilegeEscalation": true,
                "capabilitiesAdded": [],
                "capabilitiesDropped": [],
                "seccompProfile": if i.is_multiple_of(7) { json!("Unconfined") } else { Value::Null },
                "appArmorProfile": null,
                "hostNetwork": false, "hostPid": false, "hostIpc": false,
                "hostPaths": [], "hostPorts": [],
            },
            "resourceLimits": {
                "cpuRequest": or_null(json!(0.25)),
                "cpuLimit": or_null(json!(0.5)),
                "memoryRequest": or_null(json!(67_108_864)),
                "memoryLimit": or_null(json!(67_108_864)),
                "ephemeralStorageLimit": null,
            },
            "healthChecks": {"liveness": i % 2 == 1, "readiness": false, "startup": false},
            "serviceAccountTokenMounted": self.has_token(),
            "secretIds": [],
            "secretsInEnvironment": i.is_multiple_of(11),
            "suspectedSecrets": suspects,
        });
        let id = format!("{owner_id}/main");
        seed.truth.insert(id.clone(), ("Container", format!("{}/main", owner.1), members(properties)));
        id
    }
}

impl Seed {
    fn id(&self, namespace: &str, kind: &str, name: &str) -> String {
        format!("k8s:{}/{namespace}/{kind}/{name}", self.scope)
    }

    /// Metadata as the server keeps it, with notes that must not be kept.
    fn metadata(namespace: &str, name: &str, labels: &Value) -> Value {
        let mut metadata = json!({"name": name, "uid": format!("uid-of-{name}"), "creationTimestamp": MADE,
            "labels": labels,
            "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:data": {"f:s3cret-of-an-applied-object": {}}}}],
            "annotations": {
                "kubectl.kubernetes.io/last-applied-configuration": "{\"x\": \"s3cret-of-an-applied-object\"}",
                "example.com/note": "s3cret-of-an-annotation"}});
        if namespace != "-" {
            metadata["namespace"] = json!(namespace);
        }
        metadata
    }

    /// Applies an object, and notes what is to be found of it.
    fn add(
        &mut self,
        namespace: &str,
        kind: &str,
        name: &str,
        rest: Value,
        found: Option<(&'static str, Value)>,
    ) {
        let mut object =
            json!({"kind": kind, "metadata": Self::metadata(namespace, name, &json!({"team": "a"}))});
        for (key, value) in members(rest) {
            object[key] = value;
        }
        self.world.apply(object);
        let Some((resource_type, told)) = found else { return };
        let mut properties = members(json!({"labels": {"team": "a"}, "creationTime": MADE}));
        if namespace != "-" {
            properties.insert("parentId".to_owned(), json!(self.id("-", "Namespace", namespace)));
        }
        properties.extend(members(told));
        self.truth.insert(self.id(namespace, kind, name), (resource_type, name.to_owned(), properties));
    }

    fn namespaces(&mut self) {
        let policies = [self.id("shop", "NetworkPolicy", "deny")];
        for (name, level, policies, limited) in [
            ("shop", json!("restricted"), json!(policies), json!(["cpu", "pods"])),
            ("batch", Value::Null, json!([]), json!([])),
        ] {
            let mut labels = json!({"team": "a"});
            if level.is_string() {
                labels["pod-security.kubernetes.io/enforce"] = level.clone();
            }
            let quota = json!({"enabled": limited != json!([]), "limitedResources": limited});
            let told = json!({"labels": labels, "podSecurityLevel": level, "networkPolicyIds": policies, "resourceQuota": quota});
            self.add("-", "Namespace", name, json!({}), Some(("Namespace", told)));
            let metadata = Self::metadata("-", name, &labels);
            let list = &mut self.world.lists.get_mut("/api/v1/namespaces").unwrap().1;
            list.last_mut().unwrap()["metadata"] = metadata;
        }
        let hard = json!({"spec": {"hard": {"requests.cpu": "10", "pods": "2000"}}});
        self.add("shop", "ResourceQuota", "all", hard, None);
    }

    fn accounts(&mut self) {
        for (namespace, name, automount, privileged, bindings) in [
            ("shop", "default", None, false, vec![]),
            ("shop", "operator", None, true, vec![self.id("-", "ClusterRoleBinding", "operator")]),
            ("shop", "quiet", Some(false), false, vec![self.id("shop", "RoleBinding", "quiet")]),
            ("batch", "default", None, false, vec![]),
        ] {
            let rest = automount.map_or(json!({}), |flag| json!({"automountServiceAccountToken": flag}));
            let told = json!({"enabled": true, "interactive": false, "rootUser": false, "external": false,
                "passwordAge": null, "privileged": privileged, "roleAssignmentIds": bindings,
                "tokenAutomount": automount.unwrap_or(true)});
            self.add(namespace, "ServiceAccount", name, rest, Some(("ServiceAccount", told)));
        }
        let rule = |verbs: &[&str], resources: &[&str]| json!([{"apiGroups": ["*"], "resources": resources, "verbs": verbs}]);
        let permission = |verbs: &[&str], resources: &[&str]| json!([{"effect": "allow", "actions": verbs, "resources": resources, "apiGroups": ["*"]}]);
        let told = json!({"scope": "cluster", "permissions": permission(&["*"], &["*"]), "builtIn": false});
        self.add(
            "-",
            "ClusterRole",
            "everything",
            json!({"rules": rule(&["*"], &["*"])}),
            Some(("Role", told)),
        );
        let told =
            json!({"scope": "namespace", "permissions": permission(&["get"], &["pods"]), "builtIn": false});
        self.add("shop", "Role", "pods", json!({"rules": rule(&["get"], &["pods"])}), Some(("Role", told)));
        let grants = |kind: &str, role: &str, account: &str| {
            json!({"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": role},
                "subjects": [{"kind": "ServiceAccount", "name": account, "namespace": "shop"}]})
        };
        let told = json!({"roleId": self.id("-", "ClusterRole", "everything"), "roleName": "everything",
            "scope": "cluster", "identityIds": [self.id("shop", "ServiceAccount", "operator")],
            "subjects": ["system:serviceaccount:shop:operator"], "privileged": true, "enabled": true});
        let rest = grants("ClusterRole", "everything", "operator");
        self.add("-", "ClusterRoleBinding", "operator", rest, Some(("RoleAssignment", told)));
        let told = json!({"roleId": self.id("shop", "Role", "pods"), "roleName": "pods", "scope": "namespace",
            "identityIds": [self.id("shop", "ServiceAccount", "quiet")],
            "subjects": ["system:serviceaccount:shop:quiet"], "privileged": false, "enabled": true});
        self.add(
            "shop",
            "RoleBinding",
            "quiet",
            grants("Role", "pods", "quiet"),
            Some(("RoleAssignment", told)),
        );
    }

    /// A workload with its container, and what is to be found of both.
    fn workload(
        &mut self,
        (namespace, kind, name): (&str, &str, &str),
        content: &Content,
        (object, told): (Value, Value),
        (owner, parent): (Option<(&str, &str)>, String),
        found: bool,
    ) {
        let mut metadata = Self::metadata(namespace, name, &json!({"app": content.app}));
        if let Some((kind, owner)) = owner {
            let version = match kind {
                "Job" | "CronJob" => "batch/v1",
                "Node" => "v1",
                _ => "apps/v1",
            };
            metadata["ownerReferences"] =
                json!([{"apiVersion": version, "kind": kind, "name": owner, "uid": "u", "controller": true}]);
        }
        let mut whole = json!({"kind": kind, "metadata": metadata});
        for (key, value) in members(object) {
            whole[key] = value;
        }
        self.world.apply(whole);
        if !found {
            return;
        }
        let container = content.truth(self, namespace, (kind, name), kind == "Pod");
        let account = self.id(namespace, "ServiceAccount", content.account);
        let policies =
            if namespace == "shop" { vec![self.id("shop", "NetworkPolicy", "deny")] } else { Vec::new() };
        let mut properties = members(
            json!({"labels": {"app": content.app}, "creationTime": MADE, "parentId": parent,
            "workloadKind": kind, "replicas": null, "containerIds": [container], "serviceAccountId": account,
            "identityIds": [account], "networkPolicyIds": policies, "disruptionBudget": content.app == "web-0"}),
        );
        properties.extend(members(told));
        self.truth.insert(self.id(namespace, kind, name), ("Workload", name.to_owned(), properties));
    }

    /// A pod of a controller.
    fn pod(
        &mut self,
        namespace: &str,
        name: &str,
        content: &Content,
        owner: Option<(&str, &str)>,
        parent: String,
        phase: &str,
    ) {
        let repository = format!("registry.example.com/{}", content.repository());
        // some nodes tell the digest of the image's own configuration alone
        let image = if content.i.is_multiple_of(4) {
            content.digest()
        } else {
            format!("{repository}@{}", content.digest())
        };
        let object = json!({"spec": content.spec(true), "status": {"phase": phase, "message": "s3cret-of-a-state",
            "containerStatuses": [{"name": "main", "imageID": image,
                "state": {"terminated": {"message": "s3cret-of-a-state"}}}]}});
        let found = phase == "Running";
        self.workload((namespace, "Pod", name), content, (object, json!({})), (owner, parent), found);
    }

    fn template(content: &Content) -> Value {
        json!({"metadata": {"labels": {"app": content.app}}, "spec": content.spec(false)})
    }

    fn deployments(&mut self) {
        let accounts = ["default", "operator", "quiet"];
        for i in 0..100 {
            let name = format!("web-{i}");
            let content = Content { i, app: name.clone(), account: accounts[i % 3] };
            let spec = json!({"spec": {"replicas": COPIES, "template": Self::template(&content)}});
            let scaled = if i == 1 { 3 } else { COPIES };
            let told = json!({"replicas": scaled, "redundancy": {"scope": "instance", "copies": scaled}});
            let namespace = self.id("-", "Namespace", "shop");
            self.workload(("shop", "Deployment", &name), &content, (spec, told), (None, namespace), true);
            let parent = self.id("shop", "Deployment", &name);
            for (hash, replicas) in [("old", 0), ("new", COPIES)] {
                let set = format!("{name}-{hash}");
                let spec = json!({"spec": {"replicas": replicas, "template": Self::template(&content)}});
                let owner = Some(("Deployment", name.as_str()));
                self.workload(
                    ("shop", "ReplicaSet", &set),
                    &content,
                    (spec, json!({})),
                    (owner, String::new()),
                    false,
                );
            }
            for copy in 0..COPIES {
                let owner = Some(("ReplicaSet", format!("{name}-new")));
                let owner = owner.as_ref().map(|(kind, name)| (*kind, name.as_str()));
                self.pod(
                    "shop",
                    &format!("{name}-new-{copy:02}"),
                    &content,
                    owner,
                    parent.clone(),
                    "Running",
                );
            }
        }
        let budget = json!({"spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "web-0"}}}});
        self.add("shop", "PodDisruptionBudget", "web", budget, None);
        let scaler = json!({"spec": {"minReplicas": 3, "maxReplicas": 20,
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web-1"}}});
        self.add("shop", "HorizontalPodAutoscaler", "web", scaler, None);
    }

    fn other_controllers(&mut self) {
        let in_batch = self.id("-", "Namespace", "batch");
        for (kind, i, replicas) in [
            ("StatefulSet", 101, Some(20)),
            ("DaemonSet", 102, None),
            ("ReplicationController", 103, Some(1)),
        ] {
            let name = kind.to_lowercase();
            let content = Content { i, app: name.clone(), account: "default" };
            let mut spec = json!({"spec": {"template": Self::template(&content)}});
            let mut told = json!({});
            if let Some(copies) = replicas {
                spec["spec"]["replicas"] = json!(copies);
                let scope = if copies > 1 { "instance" } else { "none" };
                told = json!({"replicas": copies, "redundancy": {"scope": scope, "copies": copies}});
            }
            self.workload(("batch", kind, &name), &content, (spec, told), (None, in_batch.clone()), true);
            let parent = self.id("batch", kind, &name);
            let pods = if kind == "ReplicationController" { 0 } else { 20 };
            for copy in 0..pods {
                self.pod(
                    "batch",
                    &format!("{name}-{copy}"),
                    &content,
                    Some((kind, &name)),
                    parent.clone(),
                    "Running",
                );
            }
        }
        let content = Content { i: 104, app: "nightly".to_owned(), account: "default" };
        let spec = json!({"spec": {"jobTemplate": {"spec": {"template": Self::template(&content)}}}});
        self.workload(
            ("batch", "CronJob", "nightly"),
            &content,
            (spec, json!({})),
            (None, in_batch.clone()),
            true,
        );
        let parent = self.id("batch", "CronJob", "nightly");
        for run in 0..3 {
            let job = format!("nightly-{run}");
            let spec = json!({"spec": {"template": Self::template(&content)}});
            let owner = Some(("CronJob", "nightly"));
            self.workload(("batch", "Job", &job), &content, (spec, json!({})), (owner, String::new()), false);
            let (pods, phase) = if run == 2 { (10, "Running") } else { (2, "Succeeded") };
            for copy in 0..pods {
                self.pod(
                    "batch",
                    &format!("{job}-{copy}"),
                    &content,
                    Some(("Job", &job)),
                    parent.clone(),
                    phase,
                );
            }
        }
        let once = Content { i: 105, app: "once".to_owned(), account: "default" };
        let spec = json!({"spec": {"template": Self::template(&once)}});
        self.workload(("batch", "Job", "once"), &once, (spec, json!({})), (None, in_batch), true);
    }

    fn pods_alone(&mut self) {
        let parent = self.id("-", "Namespace", "batch");
        for i in 0..50 {
            let content = Content { i, app: "alone".to_owned(), account: "default" };
            let owner = (i < 20).then_some(("Node", "node-1"));
            self.pod("batch", &format!("alone-{i}"), &content, owner, parent.clone(), "Running");
        }
        let evicted = Content { i: 1, app: "evicted".to_owned(), account: "default" };
        self.pod("batch", "evicted", &evicted, None, parent, "Failed");
    }

    fn network(&mut self) {
        let mut behind: Vec<String> = vec![self.id("shop", "Deployment", "web-0")];
        behind.extend((0..COPIES).map(|copy| self.id("shop", "Pod", &format!("web-0-new-{copy:02}"))));
        behind.sort_by_key(|id| !id.contains("/Pod/"));
        let spec = json!({"spec": {"type": "LoadBalancer", "clusterIP": "10.0.0.9", "selector": {"app": "web-0"},
            "ports": [{"port": 443, "appProtocol": "https"}]},
            "status": {"loadBalancer": {"ingress": [{"ip": "198.51.100.7"}]}}});
        let told = json!({"serviceKind": "LoadBalancer", "internetAccessible": true, "ports": [443],
            "ips": ["10.0.0.9", "198.51.100.7"], "transportEncryption": {"enabled": true}, "computeIds": behind});
        self.add("shop", "Service", "web", spec, Some(("GenericNetworkService", told)));
        let spec = json!({"spec": {"tls": [{"hosts": ["shop.example.com"], "secretName": "tls"}], "rules": [{"host": "shop.example.com",
            "http": {"paths": [{"path": "/", "backend": {"service": {"name": "web", "port": {"number": 443}}}}]}}]}});
        let encryption = json!({"enabled": true, "protocol": "TLS"});
        let told = json!({"hosts": ["shop.example.com"], "networkServiceIds": [self.id("shop", "Service", "web")],
            "secretIds": [self.id("shop", "Secret", "tls")], "transportEncryption": encryption,
            "httpEndpoints": [{"url": "https://shop.example.com/", "path": "/", "transportEncryption": encryption}]});
        self.add("shop", "Ingress", "web", spec, Some(("Ingress", told)));
        let spec = json!({"spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{}]}});
        let told = json!({"selectsAllPods": true, "directions": ["ingress", "egress"], "ingressRuleCount": 0,
            "egressRuleCount": 1, "allowsAllIngress": false, "allowsAllEgress": true});
        self.add("shop", "NetworkPolicy", "deny", spec, Some(("NetworkPolicy", told)));
    }

    fn settings(&mut self) {
        for i in 0..600_usize {
            let kind = if i.is_multiple_of(2) { "Opaque" } else { "kubernetes.io/tls" };
            let rest = json!({"type": kind, "data": {"password": "s3cret-of-a-secret"}});
            let name = if i == 0 { "tls".to_owned() } else { format!("secret-{i}") };
            self.add("shop", "Secret", &name, rest, Some(("Secret", json!({"secretKind": kind}))));
        }
        let data = json!({"data": {"mode": "fast", "api-token": "s3cret-of-a-map",
            "url": "postgres://shop:s3cret-of-a-map@db/shop"}, "binaryData": {"logo": "AAAA"}});
        let told = json!({"entryNames": ["api-token", "logo", "mode", "url"], "suspectedSecrets": ["api-token", "url"]});
        self.add("shop", "ConfigMap", "web", data, Some(("Configuration", told)));
        let told = json!({"entryNames": [], "suspectedSecrets": []});
        self.add("batch", "ConfigMap", "empty", json!({}), Some(("Configuration", told)));
    }

    fn storage(&mut self) {
        let class = self.id("-", "StorageClass", "fast");
        let spec = json!({"spec": {"storageClassName": "fast", "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}}}});
        let told =
            json!({"storageClassId": class, "capacity": 1_073_741_824_u64, "accessModes": ["ReadWriteOnce"]});
        for copy in 0..20 {
            let name = format!("data-statefulset-{copy}");
            self.add(
                "batch",
                "PersistentVolumeClaim",
                &name,
                spec.clone(),
                Some(("PersistentVolumeClaim", told.clone())),
            );
        }
        let rest = json!({"provisioner": "ebs.csi.aws.com", "parameters": {"encrypted": "true"}});
        let told = json!({"provisioner": "ebs.csi.aws.com", "isDefault": false, "reclaimPolicy": "Delete",
            "atRestEncryption": {"enabled": true, "keyManagement": "provider", "keyId": null}});
        self.add("-", "StorageClass", "fast", rest, Some(("StorageClass", told)));
    }

    fn machines(&mut self) {
        let ready =
            |status: &str| json!([{"type": "Ready", "status": status, "message": "s3cret-of-a-state"}]);
        let rest = json!({"spec": {"providerID": "aws:///eu-central-1a/i-0abc"}, "status": {"conditions": ready("True"),
            "addresses": [{"type": "InternalIP", "address": "10.0.0.1"}, {"type": "ExternalIP", "address": "198.51.100.9"}]}});
        let told = json!({"internetAccessible": true, "powerState": "running"});
        self.add("-", "Node", "node-1", rest, Some(("VirtualMachine", told)));
        let rest = json!({"spec": {"providerID": "azure:///x"}, "status": {"conditions": ready("Unknown"), "addresses": []}});
        self.add("-", "Node", "node-2", rest, Some(("VirtualMachine", json!({}))));
        // nobody says what kind of machine this is
        self.add("-", "Node", "node-3", json!({"spec": {}, "status": {"conditions": ready("True")}}), None);
    }

    fn admission(&mut self) {
        let hooks = json!({"webhooks": [
            {"name": "b.example.com", "clientConfig": {"url": "https://user:s3cret-of-a-hook@hooks.example.com/"}},
            {"name": "a.example.com", "clientConfig": {"service": {"name": "web", "namespace": "shop"}}}]});
        let told =
            json!({"entryNames": ["a.example.com", "b.example.com"], "suspectedSecrets": ["b.example.com"]});
        for kind in ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"] {
            self.add("-", kind, "hooks", hooks.clone(), Some(("Configuration", told.clone())));
        }
        let policy = json!({"spec": {"variables": [{"name": "limit", "expression": "5"}],
            "validations": [{"expression": "object.spec.replicas <= variables.limit"}]}});
        let told = json!({"entryNames": ["limit"], "suspectedSecrets": []});
        self.add("-", "ValidatingAdmissionPolicy", "replicas", policy, Some(("Configuration", told)));
    }
}
